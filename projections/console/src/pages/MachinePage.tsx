import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { queries } from "../api/queries";
import type { MachineDetail } from "../api/types";
import { count, measured, number, quantityName, withoutState } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { HoursFigure, type Range } from "../parts/HoursFigure";
import { SaleTable } from "../parts/SaleTable";
import { Section } from "../parts/Section";
import { ServiceTable } from "../parts/ServiceTable";
import { Status } from "../parts/Status";
import { Id, MachineStatus, Money, None, PartyLink, PartyText, Time } from "../parts/values";
import { Facts, PageHead } from "./PageHead";
import css from "./pages.module.css";

const RANGES: { value: Range; label: string }[] = [
  { value: "2d", label: "48 hours" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
];

/** One machine: what it does, measures, sold, and where it hurts. */
export function MachinePage() {
  const { id = "" } = useParams();
  const query = useQuery(queries.machine(id));
  return (
    <Answered query={query} height={420}>
      {machine => <Machine machine={machine} />}
    </Answered>
  );
}

function Machine({ machine }: { machine: MachineDetail }) {
  const [range, setRange] = useState<Range>("2d");
  return (
    <div className={css.page}>
      <PageHead title={`Machine ${machine.label}`} status={<MachineStatus state={machine.state} />}>
        {withoutState(machine.sentence, machine.state)}
      </PageHead>
      <Section title="The machine">
        <Facts
          facts={[
            ["Site", machine.site ?? <None key="site" />],
            ["Model", machine.model ?? <None key="model" />],
            [
              "Rented by",
              machine.customer ? <PartyLink key="c" party={machine.customer} /> : <None key="c">nobody</None>,
            ],
            ["Manufacturer", <PartyText key="m" party={machine.manufacturer} />],
            ["Cups today", number(machine.cupsToday)],
            ["Revenue today", <Money key="t" amount={machine.revenueToday} />],
            ["Cups in all", number(machine.cups)],
            ["Revenue in all", <Money key="r" amount={machine.revenue} />],
            [
              "Credit of its channel",
              machine.channel && machine.credit !== null ? (
                <Link key="ch" to={`/channels/${machine.channel}`}>
                  <Money amount={machine.credit} />
                </Link>
              ) : (
                <None key="ch" />
              ),
            ],
            ["Last heard from", <Time key="h" at={machine.lastSeen} relative />],
            ["Last cup", <Time key="l" at={machine.lastSaleAt} relative />],
            ["Paid, not poured", count(machine.failures, "cup")],
            ["Software", machine.version ?? <None key="v" />],
            ["Id", <Id key="i" value={machine.id} what="machine id" />],
          ]}
        />
      </Section>
      <Section
        title="Hour by hour"
        aside={
          <SegmentedControl
            size="xs"
            aria-label="How far back"
            value={range}
            onChange={value => {
              setRange(value);
            }}
            data={RANGES}
          />
        }
      >
        <div style={{ marginTop: 12 }}>
          <HoursFigure id={machine.id} range={range} />
        </div>
      </Section>
      <div className={css.pair}>
        <Readings machine={machine} />
        <Faults machine={machine} />
      </div>
      <Section title="Newest sales">
        {machine.sales.length === 0 ? (
          <Empty>Its cups appear here as soon as they are accepted.</Empty>
        ) : (
          <SaleTable sales={machine.sales} without={["Machine"]} />
        )}
      </Section>
      <Section title="Service requests">
        {machine.services.length === 0 ? (
          <Empty>None so far. A fault that persists makes one by itself.</Empty>
        ) : (
          <ServiceTable services={machine.services} />
        )}
      </Section>
    </div>
  );
}

function Readings({ machine }: { machine: MachineDetail }) {
  return (
    <Section title="Newest readings">
      {machine.readings.length === 0 ? (
        <Empty>
          Temperatures, counters and levels appear with the machine&apos;s first telemetry, usually within a
          minute.
        </Empty>
      ) : (
        <Facts
          facts={machine.readings.map(reading => [
            quantityName(reading.quantity),
            <span key={reading.quantity}>
              <span className="numeric">{measured(reading)}</span>{" "}
              <span style={{ color: "var(--muted)", fontWeight: 400, fontSize: "0.8125rem" }}>
                <Time at={reading.time} relative />
              </span>
            </span>,
          ])}
        />
      )}
    </Section>
  );
}

function Faults({ machine }: { machine: MachineDetail }) {
  return (
    <Section title="Faults">
      {machine.faults.length === 0 ? (
        <Empty>None. A fault appears here when a reading stays beyond its limit.</Empty>
      ) : (
        <Facts
          facts={machine.faults.map(fault => [
            fault.description || fault.rule,
            <span key={fault.id}>
              <Status tone={fault.clearedAt ? "good" : "bad"}>{fault.clearedAt ? "Gone" : "Open"}</Status>{" "}
              <span style={{ color: "var(--muted)", fontWeight: 400, fontSize: "0.8125rem" }}>
                {measured(fault)}, since <Time at={fault.since} />
              </span>
            </span>,
          ])}
        />
      )}
    </Section>
  );
}
