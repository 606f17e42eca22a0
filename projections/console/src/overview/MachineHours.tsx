import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../api/queries";
import { machineName } from "../format/words";
import { HoursFigure, hoursSentence } from "../parts/HoursFigure";
import { Empty } from "../parts/Answered";
import { Section } from "../parts/Section";

/** One machine, hour by hour. */
export function MachineHours() {
  const { data } = useQuery(queries.machines());
  const [chosen, setChosen] = useState("");
  const machines = (data?.items ?? []).toSorted((a, b) =>
    a.label.localeCompare(b.label, "en", { numeric: true }),
  );
  const busiest = machines.toSorted((a, b) => b.cups - a.cups)[0];
  const id = chosen || busiest?.id;
  const hours = useQuery({ ...queries.hours(id ?? ""), enabled: id !== undefined });
  return (
    <Section
      title="One machine, hour by hour"
      question="When is it busy, and with what?"
      answer={id && hours.data ? hoursSentence(hours.data) : undefined}
      aside={
        machines.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label="Machine"
            value={id ?? ""}
            onChange={event => {
              setChosen(event.currentTarget.value);
            }}
            data={machines.map(machine => ({ value: machine.id, label: machineName(machine) }))}
          />
        )
      }
    >
      {id ? (
        <HoursFigure id={id} range="2d" height={330} />
      ) : (
        <Empty>Bars for each hour appear with the first machine&apos;s first cup.</Empty>
      )}
    </Section>
  );
}
