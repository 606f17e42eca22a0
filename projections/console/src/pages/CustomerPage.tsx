import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { queries } from "../api/queries";
import type { Channel } from "../api/types";
import { day } from "../format/time";
import { number, partyName, shortId } from "../format/words";
import { CustomerDays } from "../overview/Customers";
import { Answered, Empty } from "../parts/Answered";
import { type Column, DataTable } from "../parts/DataTable";
import { Section } from "../parts/Section";
import { Id, MachineLink, Money, None } from "../parts/values";
import { Facts, PageHead } from "./PageHead";
import css from "./pages.module.css";

const CHANNELS: Column<Channel>[] = [
  { head: "Channel", cell: channel => <Link to={`/channels/${channel.id}`}>{shortId(channel.id)}</Link> },
  { head: "Machine", cell: channel => <MachineLink machine={channel.machine} /> },
  { head: "Deposited", cell: channel => <Money amount={channel.deposited} />, end: true },
  { head: "Spent", cell: channel => <Money amount={channel.accepted} />, end: true },
  { head: "Paid out", cell: channel => <Money amount={channel.redeemed} />, end: true },
  { head: "Credit left", cell: channel => <Money amount={channel.credit} />, end: true },
];

/** One customer: what it spent, by day and by channel. */
export function CustomerPage() {
  const { address = "" } = useParams();
  const customers = useQuery(queries.customers());
  const days = useQuery(queries.days(address));
  const channels = useQuery(queries.channels(address));
  const customer = customers.data?.items.find(one => one.address === address);
  return (
    <Answered query={days} height={420}>
      {known => (
        <div className={css.page}>
          <PageHead title={partyName(known.customer)}>
            A customer: it rents machines and pays for each cup.
          </PageHead>
          <Section title="Spending">
            <Facts
              facts={[
                ["Spent today", <Money key="t" amount={customer?.today.spent ?? "0"} />],
                [
                  customer?.newestDay ? `Spent on ${day(customer.newestDay.day)}` : "Newest day with sales",
                  customer?.newestDay ? (
                    <Money key="n" amount={customer.newestDay.spent} />
                  ) : (
                    <None key="n">none yet</None>
                  ),
                ],
                ["Spent in all", <Money key="s" amount={customer?.spent ?? "0"} />],
                ["Cups in all", number(customer?.cups ?? 0)],
                ["Credit left", <Money key="c" amount={customer?.credit ?? "0"} />],
                ["Address", <Id key="a" value={address} what="address" />],
              ]}
            />
            <CustomerDays address={address} />
          </Section>
          <Section title="Channels">
            <Answered query={channels}>
              {page =>
                page.items.length === 0 ? (
                  <Empty>A channel appears here when a rental of this customer is concluded on chain.</Empty>
                ) : (
                  <DataTable
                    caption="Channels"
                    columns={CHANNELS}
                    items={page.items}
                    rowKey={one => one.id}
                    things="channels"
                  />
                )
              }
            </Answered>
          </Section>
        </div>
      )}
    </Answered>
  );
}
