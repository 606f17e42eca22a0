import type { CustomerDay, Hour, Overview, Token } from "../api/types";
import { height, money, sum } from "../format/amount";
import { date, day, hourOf } from "../format/time";
import { count, productName } from "../format/words";
import type { Bars } from "./bars";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SERIES = 8;

/** Cups in each of the last 60 minutes. */
export function minuteBars(minutes: Overview["minutes"], token: Token): Bars {
  return {
    labels: minutes.map(minute => hourOf(minute.minute)),
    series: [{ name: "Cups", values: minutes.map(minute => minute.cups) }],
    whole: true,
    tip: at => {
      const minute = minutes[at];
      return minute
        ? `${hourOf(minute.minute)}\n${count(minute.cups, "cup")}\n${money(minute.revenue, token)}`
        : "";
    },
  };
}

/** A machine's cups by product, for each hour or (`step` a day) each day from `from` to before `to`. */
export function hourBars(
  hours: readonly Hour[],
  from: string,
  to: string,
  step: "hour" | "day",
  token: Token,
): Bars {
  const width = step === "hour" ? HOUR : DAY;
  const start = Math.floor(Date.parse(from) / width) * width;
  const places = Math.max(1, Math.ceil((Date.parse(to) - start) / width));
  const starts = Array.from({ length: places }, (_, at) => new Date(start + at * width).toISOString());
  const at = (hour: Hour) => Math.floor((Date.parse(hour.hour) - start) / width);
  const products = productsByCups(hours);
  const named = products.slice(0, products.length > SERIES ? SERIES - 1 : SERIES);
  const values = new Map<string, number[]>(named.map(name => [name, new Array<number>(places).fill(0)]));
  if (products.length > SERIES) values.set("Other", new Array<number>(places).fill(0));
  for (const hour of hours) {
    const list = values.get(productName(hour.product)) ?? values.get("Other");
    const place = at(hour);
    if (list && place >= 0 && place < places) list[place] = (list[place] ?? 0) + hour.cups;
  }
  return {
    labels: starts.map(iso => (step === "hour" ? hourLabel(iso) : day(iso.slice(0, 10)))),
    series: [...values].map(([name, list]) => ({ name, values: list })),
    whole: true,
    tip: place => {
      const own = hours.filter(hour => at(hour) === place);
      const iso = starts[place] ?? from;
      const cups = own.reduce((all, hour) => all + hour.cups, 0);
      const parts = [...values]
        .filter(([, list]) => (list[place] ?? 0) > 0)
        .map(([name, list]) => `${name} ${list[place] ?? 0}`);
      const when = step === "hour" ? `${date(iso)}, ${hourOf(iso)}` : day(iso.slice(0, 10));
      return [when, count(cups, "cup"), money(sum(own.map(hour => hour.revenue)), token), ...parts].join(
        "\n",
      );
    },
  };
}

/** What a customer spent on each of the newest days, days without a sale included. */
export function dayBars(days: readonly CustomerDay[], token: Token, shown = 30): Bars {
  const newest = days[0]?.day;
  const known = new Map(days.map(one => [one.day, one]));
  const oldest = days.at(-1)?.day;
  const list: CustomerDay[] = [];
  if (newest && oldest) {
    const end = Date.parse(newest);
    const begin = Math.max(Date.parse(oldest), end - (shown - 1) * DAY);
    for (let time = begin; time <= end; time += DAY) {
      const iso = new Date(time).toISOString().slice(0, 10);
      list.push(known.get(iso) ?? { day: iso, cups: 0, spent: "0" });
    }
  }
  return {
    labels: list.map(one =>
      day(one.day)
        .replace(/^\w+, /, "")
        .replace(/ \d{4}$/, ""),
    ),
    series: [{ name: "Spent", values: list.map(one => height(one.spent, token.decimals)) }],
    whole: false,
    tip: at => {
      const one = list[at];
      return one ? `${day(one.day)}\n${money(one.spent, token)}\n${count(one.cups, "cup")}` : "";
    },
  };
}

function hourLabel(iso: string): string {
  const hour = hourOf(iso);
  return hour.startsWith("00") ? date(iso).replace(/ \d{4}$/, "") : hour;
}

function productsByCups(hours: readonly Hour[]): string[] {
  const cups = new Map<string, number>();
  for (const hour of hours) {
    const name = productName(hour.product);
    cups.set(name, (cups.get(name) ?? 0) + hour.cups);
  }
  return [...cups].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}
