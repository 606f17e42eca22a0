import type { Redemption } from "../api/types";
import { ether } from "../format/amount";
import { number, reasonWords, redemptionStatus } from "../format/words";
import { type Column, DataTable } from "./DataTable";
import { Status, type Tone } from "./Status";
import { Id, MachineLink, Money, None, PartyLink, PartyText, Sub, Time } from "./values";
import { Link } from "react-router";

const TONES: Record<Redemption["status"], Tone> = { confirmed: "good", pending: "idle", failed: "bad" };

const COLUMNS: Column<Redemption>[] = [
  {
    head: "When",
    cell: one =>
      one.time ? (
        <>
          <Time at={one.time} />
          <Sub>
            <Time at={one.time} relative />
          </Sub>
        </>
      ) : one.decidedAt ? (
        <>
          <Time at={one.decidedAt} />
          <Sub>decided</Sub>
        </>
      ) : (
        <None />
      ),
  },
  { head: "Amount", cell: one => <Money amount={one.amount} />, end: true },
  { head: "Paid to", cell: one => <PartyText party={one.payee} /> },
  {
    head: "From",
    cell: one => (
      <>
        <PartyLink party={one.customer} />
        <Sub>
          <MachineLink machine={one.machine} /> · <Link to={`/channels/${one.channel}`}>channel</Link>
        </Sub>
      </>
    ),
  },
  {
    head: "Transaction",
    cell: one =>
      one.transactionHash ? (
        <>
          <Id value={one.transactionHash} what="transaction hash" />
          <Sub>{one.blockNumber === null ? "not in a block yet" : `block ${number(one.blockNumber)}`}</Sub>
        </>
      ) : (
        <None>not sent yet</None>
      ),
  },
  {
    head: "Gas",
    cell: one =>
      one.gasUsed === null ? (
        <None />
      ) : (
        <>
          {number(one.gasUsed)}
          <Sub>
            {one.feeWei !== null && ether(one.feeWei)}
            {(one.sharedBy ?? 1) > 1 && `, shared by ${number(one.sharedBy ?? 1)}`}
          </Sub>
        </>
      ),
    end: true,
  },
  {
    head: "Status",
    cell: one => (
      <>
        <Status tone={TONES[one.status]}>{redemptionStatus(one)}</Status>
        <Sub>{one.note ?? `because ${reasonWords(one.reason)}`}</Sub>
      </>
    ),
  },
];

/** Redemptions, newest first. */
export function RedemptionTable({ redemptions }: { redemptions: readonly Redemption[] }) {
  return (
    <DataTable
      caption="Redemptions: when, how much, to whom, in which transaction"
      columns={COLUMNS}
      items={redemptions}
      rowKey={one => one.id}
      first={8}
      things="redemptions"
    />
  );
}
