import { SegmentedControl } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../api/client";
import { queries } from "../api/queries";
import type { Machine, MachineState } from "../api/types";
import { STATES, boiler, fleetSentence, measured, number, stateWord, withoutState } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { type Column, DataTable } from "../parts/DataTable";
import { Section } from "../parts/Section";
import { MachineLink, MachineStatus, Money, None, PartyLink, Sub, Time } from "../parts/values";

const FIRST = 12;
/** Machines whose temperature is asked for: as many as are shown before somebody asks for more. */
const MEASURED = 24;

/** Which machines are serving right now? */
export function Machines() {
  const query = useQuery(queries.machines());
  const [state, setState] = useState<MachineState | "all">("all");
  const machines = inOrder(query.data?.items ?? []);
  const shown = state === "all" ? machines : machines.filter(machine => machine.state === state);
  const temperatures = useTemperatures(shown.slice(0, MEASURED).map(machine => machine.id));
  return (
    <Section
      id="machines"
      title="Machines"
      question="Which machines are serving right now?"
      answer={query.data && fleetSentence(machines)}
      aside={
        machines.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label="Which machines to show"
            value={state}
            onChange={value => {
              setState(value);
            }}
            data={filters(machines)}
          />
        )
      }
    >
      <Answered query={query} height={300}>
        {() =>
          shown.length === 0 ? (
            <Empty>
              A machine appears here as soon as its rental is concluded on chain, or its first reading
              arrives.
            </Empty>
          ) : (
            <DataTable
              caption="Machines with state, place, customer and today's cups"
              columns={columns(temperatures)}
              items={shown}
              rowKey={machine => machine.id}
              first={FIRST}
              things="machines"
            />
          )
        }
      </Answered>
    </Section>
  );
}

function columns(temperatures: ReadonlyMap<string, string>): Column<Machine>[] {
  return [
    {
      head: "Machine",
      cell: machine => (
        <>
          <strong>
            <MachineLink machine={machine} />
          </strong>
          {machine.model && <Sub>{machine.model}</Sub>}
        </>
      ),
    },
    { head: "Site", cell: machine => machine.site ?? <None /> },
    {
      head: "Customer",
      cell: machine => (machine.customer ? <PartyLink party={machine.customer} /> : <None>not rented</None>),
    },
    {
      head: "State",
      cell: machine => (
        <>
          <MachineStatus state={machine.state} />
          <Sub>{withoutState(machine.sentence, machine.state)}</Sub>
        </>
      ),
    },
    { head: "Last cup", cell: machine => <Time at={machine.lastSaleAt} relative />, end: true },
    { head: "Cups today", cell: machine => number(machine.cupsToday), end: true },
    { head: "Revenue today", cell: machine => <Money amount={machine.revenueToday} />, end: true },
    { head: "Boiler", cell: machine => temperatures.get(machine.id) ?? <None />, end: true },
    {
      head: "Credit left",
      cell: machine => (machine.credit === null ? <None /> : <Money amount={machine.credit} />),
      end: true,
    },
  ];
}

/** Faulty and silent ones first, the others by name, so that rows keep their place while cups are poured. */
function inOrder(machines: readonly Machine[]): Machine[] {
  const rank = (machine: Machine) => (machine.state === "faulty" ? 0 : machine.state === "silent" ? 1 : 2);
  return machines.toSorted(
    (a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label, "en", { numeric: true }),
  );
}

function filters(machines: readonly Machine[]) {
  const counted = STATES.map(state => ({
    state,
    number: machines.filter(machine => machine.state === state).length,
  }));
  return [
    { value: "all" as const, label: `All ${number(machines.length)}` },
    ...counted
      .filter(one => one.number > 0)
      .map(one => ({ value: one.state, label: `${stateWord(one.state)} ${number(one.number)}` })),
  ];
}

function useTemperatures(ids: readonly string[]): ReadonlyMap<string, string> {
  return useQueries({
    queries: ids.map(id => ({
      queryKey: ["temperature", id],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const reading = boiler((await get("/api/machines/{id}", { id }, signal)).readings);
        return reading ? measured(reading) : null;
      },
      refetchInterval: 15_000,
    })),
    combine: results => {
      const found = new Map<string, string>();
      results.forEach((result, at) => {
        const id = ids[at];
        if (id && result.data) found.set(id, result.data);
      });
      return found;
    },
  });
}
