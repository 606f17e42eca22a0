/** The reader's time zone, as the browser knows it. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const SHORT = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export const clock = (iso: string) => CLOCK.format(new Date(iso));
export const hourOf = (iso: string) => SHORT.format(new Date(iso));
export const date = (iso: string) => DATE.format(new Date(iso));

/** A day of the API (UTC), such as "Mon, 23 Nov 2026". */
export const day = (isoDay: string) => DAY.format(new Date(`${isoDay}T00:00:00Z`));

/** "14:03:21" today, else "23 Nov 2026, 14:03:21", in the reader's time zone. */
export function moment(iso: string, now: Date = new Date()): string {
  return date(iso) === DATE.format(now) ? clock(iso) : `${date(iso)}, ${clock(iso)}`;
}

/** "2026-11-23 14:03:21 UTC" */
export function utc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** "just now", "12 s ago", "3 min ago", "5 h ago", "2 days ago". */
export function ago(iso: string, now: Date = new Date()): string {
  const seconds = Math.round((now.getTime() - new Date(iso).getTime()) / 1000);
  if (seconds < 2) return "just now";
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}
