import type { Problem } from "../src/api/types.ts";
import { type Cast, FAULTY, machines, SILENT } from "./cast.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One problem of each severity and of most kinds. */
export function problems(now: number): Problem[] {
  const low = machines[2] as Cast;
  const hot = machines[FAULTY] as Cast;
  const quiet = machines[SILENT] as Cast;
  return [
    {
      id: "quarantined-1",
      kind: "quarantined",
      severity: "error",
      subject: { type: "record", id: "edge.receipts.events.v1", label: "edge.receipts.events.v1" },
      sentence:
        "1 record of edge.receipts.events.v1 refused by streams as BAD_SIGNATURE; the newest: receipt 118 is signed by nobody with a badge for this channel",
      remedy: "Look at them under quarantine; their bytes are kept, nothing else is held up.",
      since: new Date(now - 2 * HOUR).toISOString(),
    },
    {
      id: "waiting-1",
      kind: "receiptsWaiting",
      severity: "warning",
      subject: {
        type: "channel",
        id: low.channel,
        label: `${low.customer.name ?? ""} for ${low.ref.label}`,
      },
      sentence: `3 receipts (4.20 CTT) on ${low.ref.label} wait: the channel has only 0.40 CTT left.`,
      remedy: `${low.customer.name ?? ""} tops up the channel; they are then accepted by themselves.`,
      since: new Date(now - 12 * MINUTE).toISOString(),
    },
    {
      id: "fault-1",
      kind: "faultOpen",
      severity: "warning",
      subject: { type: "machine", id: hot.ref.id, label: hot.ref.label },
      sentence: `Machine ${hot.ref.label} has a fault: the coffee boiler is too hot. Service was asked for.`,
      remedy: "Nothing: wait for the service provider.",
      since: new Date(now - 26 * MINUTE).toISOString(),
    },
    {
      id: "silent-1",
      kind: "machineSilent",
      severity: "warning",
      subject: { type: "machine", id: quiet.ref.id, label: quiet.ref.label },
      sentence: `Machine ${quiet.ref.label} was last heard from 3 h ago.`,
      remedy: "Check its power and network; what it sells offline arrives when it is back.",
      since: new Date(now - 3 * HOUR).toISOString(),
    },
  ];
}
