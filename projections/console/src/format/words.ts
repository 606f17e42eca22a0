import type {
  Machine,
  MachineRef,
  MachineState,
  Party,
  Problem,
  Product,
  Reading,
  Redemption,
} from "../api/types";

const NUMBER = new Intl.NumberFormat("en");
const READING = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const number = (value: number) => NUMBER.format(value);

/** "1 cup", "3 cups". */
export function count(value: number, thing: string, things = `${thing}s`): string {
  return `${number(value)} ${value === 1 ? thing : things}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1] ?? ""}`;
}

export const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

export const partyName = (party: Party | null) =>
  party === null ? "unknown" : (party.name ?? shortId(party.address));

export const productName = (product: Product | null) =>
  product === null ? "erased" : (product.name ?? shortId(product.id));

/** "CM-0007 · Lobby, Basel": the label with its place. */
export const machineName = (machine: Pick<MachineRef, "label" | "site">) =>
  machine.site ? `${machine.label} · ${machine.site}` : machine.label;

const UNITS: Record<string, string> = { Cel: "°C", degC: "°C", C: "°C", "%": "%", bar: "bar", "": "" };
const QUANTITIES: Record<string, string> = {
  BoilerTempCoffee: "Coffee boiler temperature",
  BoilerTempSteam: "Steam boiler temperature",
  BoilerPressure: "Boiler pressure",
};

/** "93.4 °C" */
export function measured(reading: Pick<Reading, "value" | "unit">): string {
  const unit = UNITS[reading.unit] ?? reading.unit;
  return unit ? `${READING.format(reading.value)}\u00a0${unit}` : READING.format(reading.value);
}

/** OPC names such as BoilerTempCoffee in words. */
export function quantityName(quantity: string): string {
  const known = QUANTITIES[quantity];
  if (known) return known;
  const words = quantity.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The reading that tells a coffee machine's condition best: its coffee boiler's temperature, else any boiler's. */
export function boiler(readings: readonly Reading[]): Reading | undefined {
  return (
    readings.find(reading => reading.quantity === "BoilerTempCoffee") ??
    readings.find(reading => /boiler.*temp/i.test(reading.quantity))
  );
}

export const STATES: readonly MachineState[] = ["serving", "ready", "faulty", "silent", "unknown"];

const STATE_WORDS: Record<MachineState, string> = {
  serving: "Serving",
  ready: "Ready",
  faulty: "Faulty",
  silent: "Silent",
  unknown: "Never heard from",
};
export const stateWord = (state: MachineState) => STATE_WORDS[state];

/** Answers "Which machines are serving right now?" in one sentence. */
export function fleetSentence(machines: readonly Pick<Machine, "state">[]): string {
  if (machines.length === 0) return "No machine is rented yet.";
  const of = (state: MachineState) => machines.filter(machine => machine.state === state).length;
  const serving = of("serving");
  const one = serving === 1;
  const first =
    serving === machines.length && machines.length > 1
      ? `All ${number(serving)} machines are serving.`
      : serving === 0
        ? "No machine is serving right now."
        : `${number(serving)} of ${count(machines.length, "machine")} ${one ? "is" : "are"} serving.`;
  const rest: string[] = [];
  if (of("ready")) rest.push(`${number(of("ready"))} ready`);
  if (of("faulty")) rest.push(`${number(of("faulty"))} faulty`);
  if (of("silent")) rest.push(`${number(of("silent"))} silent`);
  if (of("unknown")) rest.push(`${number(of("unknown"))} never heard from`);
  if (rest.length === 0) return first;
  const second = listed(rest);
  return `${first} ${second.charAt(0).toUpperCase()}${second.slice(1)}.`;
}

const REASONS: Record<string, string> = {
  THRESHOLD: "the unredeemed amount reached the threshold",
  INTERVAL: "the interval was over",
  CRITICAL_SHARE: "the credit was nearly spent",
  CLOSE_REQUESTED: "the customer asked to close the channel",
  BADGE_ENDS: "a badge was about to stop counting",
  REQUESTED: "it was asked for",
};
export const reasonWords = (reason: string | null) =>
  reason === null ? "submitted by somebody else" : (REASONS[reason] ?? reason.toLowerCase());

/** The status of a redemption in words, with its stage while it is on its way. */
export function redemptionStatus(redemption: Pick<Redemption, "status" | "stage">): string {
  if (redemption.status === "confirmed") return "Paid out";
  if (redemption.status === "failed") return redemption.stage === "skipped" ? "Skipped" : "Failed";
  return redemption.stage === "mined" ? "In a block, not yet final" : `On its way (${redemption.stage})`;
}

const KINDS: Record<string, string> = {
  quarantined: "Refused record",
  unreadable: "Unreadable record",
  receiptsWaiting: "Receipts waiting",
  intentFailed: "Failed on chain",
  intentWaits: "Not sent yet",
  transactionPending: "Transaction pending",
  transactionFailed: "Transaction failed",
  faultOpen: "Machine fault",
  machineSilent: "Machine silent",
  chainBehind: "Chain watcher behind",
};
export function kindWords(kind: string): string {
  const words = kind.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return KINDS[kind] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Minutes as the largest unit that fits evenly: "2 days", "36 hours", "90 minutes". */
export function span(minutes: number): string {
  if (minutes >= 1440 && minutes % 1440 === 0) return count(minutes / 1440, "day");
  if (minutes >= 60 && minutes % 60 === 0) return count(minutes / 60, "hour");
  return count(minutes, "minute");
}

/** The server's sentence about a machine without the state in front, which stands beside it. */
export function withoutState(sentence: string, state: MachineState): string {
  const prefix = `${state}: `;
  if (!sentence.toLowerCase().startsWith(prefix)) return sentence;
  const rest = sentence.slice(prefix.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The server's summary of all problems with their kinds: "1 error and 1 warning: refused record, machine fault." */
export function problemsSentence(summary: string, problems: readonly Pick<Problem, "kind">[]): string {
  if (problems.length === 0) return summary;
  const kinds = new Map<string, number>();
  for (const problem of problems) kinds.set(problem.kind, (kinds.get(problem.kind) ?? 0) + 1);
  const named = [...kinds].map(
    ([kind, times]) => `${kindWords(kind).toLowerCase()}${times > 1 ? ` (${number(times)})` : ""}`,
  );
  return `${summary.replace(/\.$/, "")}: ${listed(named)}.`;
}
