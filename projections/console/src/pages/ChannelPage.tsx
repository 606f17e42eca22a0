import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { queries } from "../api/queries";
import type { Channel, ChannelDetail } from "../api/types";
import { money } from "../format/amount";
import { count, number, partyName, span } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { BalanceBar } from "../parts/BalanceBar";
import { DataTable } from "../parts/DataTable";
import { RedemptionTable } from "../parts/RedemptionTable";
import { SaleTable } from "../parts/SaleTable";
import { Section } from "../parts/Section";
import { Status, type Tone } from "../parts/Status";
import { Id, MachineLink, Money, None, PartyLink, PartyText, Time, useToken } from "../parts/values";
import { Facts, PageHead } from "./PageHead";
import css from "./pages.module.css";

const STATUS: Record<Channel["status"], { tone: Tone; text: string }> = {
  PENDING: { tone: "idle", text: "Not on chain yet" },
  OPEN: { tone: "good", text: "Open" },
  CLOSING: { tone: "warn", text: "Closing" },
  CLOSED: { tone: "idle", text: "Closed" },
};

const WAITING: Record<string, string> = {
  UNKNOWN_CHANNEL: "the chain has not told of this channel yet",
  UNCOVERED: "the channel's credit does not cover them",
  GAP: "a receipt before them has not arrived",
};

/** One channel: who pays whom, and how its balance stands. */
export function ChannelPage() {
  const { id = "" } = useParams();
  const query = useQuery(queries.channel(id));
  return (
    <Answered query={query} height={420}>
      {channel => <ChannelView channel={channel} />}
    </Answered>
  );
}

function ChannelView({ channel }: { channel: ChannelDetail }) {
  const token = useToken();
  const { tone, text } = STATUS[channel.status];
  return (
    <div className={css.page}>
      <PageHead
        title={`Channel of ${partyName(channel.customer)}${channel.machine ? ` for ${channel.machine.label}` : ""}`}
        status={<Status tone={tone}>{text}</Status>}
      >
        {`${count(channel.receipts, "receipt")} accepted for ${money(channel.accepted, token)}; ${money(channel.redeemed, token)} of it is paid out.`}
        {channel.waitingReceipts > 0 &&
          ` ${count(channel.waitingReceipts, "receipt")} (${money(channel.waiting, token)}) wait: ${WAITING[channel.waitingReason] ?? channel.waitingReason.toLowerCase()}.`}
        {channel.ahead &&
          " The chain is ahead of the log: somebody redeemed receipts that have not arrived here yet."}
        {channel.forked && " Two committed receipts have one number: the evidence is kept."}
      </PageHead>
      <Section title="Balance">
        <div style={{ marginTop: 12 }}>
          <BalanceBar channel={channel} />
        </div>
      </Section>
      <Section title="The channel">
        <Facts
          facts={[
            ["Customer", <PartyLink key="c" party={channel.customer} />],
            ["Paid to", <PartyText key="p" party={channel.payee} />],
            ["Machine", <MachineLink key="m" machine={channel.machine} />],
            ["Newest receipt", number(channel.newestSequence)],
            [
              "Unredeemed since",
              channel.unredeemedSince ? (
                <Time key="u" at={channel.unredeemedSince} relative />
              ) : (
                <None key="u">all is redeemed</None>
              ),
            ],
            [
              "Redemption under way",
              channel.redeeming ? <Money key="r" amount={channel.redeeming} /> : <None key="r">none</None>,
            ],
            [
              "Opened",
              channel.openedAt ? <Time key="o" at={channel.openedAt} /> : <None key="o">not yet</None>,
            ],
            [
              "Notice before closing",
              channel.periodMinutes === null ? <None key="n" /> : span(channel.periodMinutes),
            ],
            [
              "Closes",
              channel.closeAt ? <Time key="cl" at={channel.closeAt} /> : <None key="cl">not requested</None>,
            ],
            ["Id", <Id key="i" value={channel.id} what="channel id" />],
          ]}
        />
      </Section>
      <Section title="Redemptions">
        {channel.redemptions.length === 0 ? (
          <Empty>A redemption appears here when the channel owes enough, or for long enough.</Empty>
        ) : (
          <RedemptionTable redemptions={channel.redemptions} />
        )}
      </Section>
      <div className={css.pair}>
        <Section title="Newest sales">
          {channel.sales.length === 0 ? (
            <Empty>Its cups appear here as soon as they are accepted.</Empty>
          ) : (
            <SaleTable sales={channel.sales} without={["Machine", "Customer"]} />
          )}
        </Section>
        <Deposits channel={channel} />
      </div>
    </div>
  );
}

function Deposits({ channel }: { channel: ChannelDetail }) {
  return (
    <Section title="Deposits">
      {channel.deposits.length === 0 ? (
        <Empty>The first deposit appears when the chain watcher has seen the channel open.</Empty>
      ) : (
        <DataTable
          caption="Deposits"
          columns={[
            { head: "When", cell: one => <Time at={one.time} /> },
            { head: "What", cell: one => (one.kind === "OPENED" ? "Opened" : "Topped up") },
            { head: "Amount", cell: one => <Money amount={one.amount} />, end: true },
            { head: "Transaction", cell: one => <Id value={one.transactionHash} what="transaction hash" /> },
          ]}
          items={channel.deposits}
          rowKey={one => `${one.transactionHash} ${one.deposited}`}
          things="deposits"
        />
      )}
    </Section>
  );
}
