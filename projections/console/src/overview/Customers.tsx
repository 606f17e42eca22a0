import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queries } from "../api/queries";
import type { Customer } from "../api/types";
import { BarFigure } from "../charts/BarFigure";
import { dayBars } from "../charts/series";
import { type Latest, customersSentence, latestDay } from "../format/spending";
import { day } from "../format/time";
import { number, partyName } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { type Column, DataTable } from "../parts/DataTable";
import { Section } from "../parts/Section";
import { Money, None, PartyLink, Sub, useToken } from "../parts/values";

/** What did a customer spend today? */
export function Customers() {
  const query = useQuery(queries.customers());
  const token = useToken();
  const customers = (query.data?.items ?? []).toSorted((a, b) =>
    partyName(a).localeCompare(partyName(b), "en"),
  );
  const latest = latestDay(customers);
  const [chosen, setChosen] = useState("");
  const address = chosen || customers[0]?.address;
  return (
    <Section
      id="customers"
      title="Customers"
      question="What did each customer spend today?"
      answer={query.data && customersSentence(customers, latest, token)}
    >
      <Answered query={query} height={300}>
        {() =>
          customers.length === 0 ? (
            <Empty>A customer appears here when its first rental is concluded on chain.</Empty>
          ) : (
            <>
              <DataTable
                caption="Customers and what they spent"
                columns={columns(latest)}
                items={customers}
                rowKey={customer => customer.address}
                first={6}
                things="customers"
              />
              {address && (
                <CustomerDays
                  address={address}
                  choice={
                    <NativeSelect
                      size="xs"
                      aria-label="Customer whose days are shown"
                      value={address}
                      onChange={event => {
                        setChosen(event.currentTarget.value);
                      }}
                      data={customers.map(customer => ({
                        value: customer.address,
                        label: partyName(customer),
                      }))}
                    />
                  }
                />
              )}
            </>
          )
        }
      </Answered>
    </Section>
  );
}

function columns(latest: Latest): Column<Customer>[] {
  return [
    { head: "Customer", cell: customer => <PartyLink party={customer} /> },
    {
      head: latest.today ? "Spent today" : latest.day ? `Spent on ${day(latest.day)}` : "Spent today",
      cell: customer => {
        const own = latest.of(customer);
        return (
          <>
            <strong>
              <Money amount={own?.spent ?? "0"} />
            </strong>
            {!own?.cups && customer.newestDay && <Sub>last on {day(customer.newestDay.day)}</Sub>}
          </>
        );
      },
      end: true,
    },
    { head: "Cups", cell: customer => number(latest.of(customer)?.cups ?? 0), end: true },
    { head: "Spent in all", cell: customer => <Money amount={customer.spent} />, end: true },
    { head: "Credit left", cell: customer => <Money amount={customer.credit} />, end: true },
  ];
}

/** Bars of what one customer spent each day. */
export function CustomerDays({ address, choice }: { address: string; choice?: React.ReactNode }) {
  const query = useQuery(queries.days(address));
  const token = useToken();
  const bars = useMemo(() => query.data && dayBars(query.data.items, token), [query.data, token]);
  const name = query.data ? partyName(query.data.customer) : "";
  return (
    <div style={{ marginTop: 18 }}>
      <div style={{ display: "flex", alignItems: "center", gap: 10, marginBottom: 6, fontSize: "0.8125rem" }}>
        <span>Day by day{choice ? ":" : ""}</span>
        {choice}
      </div>
      <Answered query={query} height={150}>
        {days =>
          bars && days.items.length > 0 ? (
            <BarFigure bars={bars} label={`What ${name} spent each day, in ${token.symbol}`} height={150} />
          ) : (
            <None>{name} has not bought a cup yet; its days appear with the first one.</None>
          )
        }
      </Answered>
    </div>
  );
}
