import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries";
import type { Service } from "../api/types";
import { count } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { Section } from "../parts/Section";
import { ServiceTable } from "../parts/ServiceTable";

/** Which machines asked for service? */
export function Services() {
  const query = useQuery(queries.services());
  return (
    <Section
      id="services"
      title="Service requests"
      question="Which machines asked for service?"
      answer={query.data && sentence(query.data.items)}
    >
      <Answered query={query} height={160}>
        {page =>
          page.items.length === 0 ? (
            <Empty>
              A service request appears here by itself when a machine&apos;s readings stay beyond a
              rule&apos;s limit for its duration; it is then put on chain.
            </Empty>
          ) : (
            <ServiceTable services={page.items} />
          )
        }
      </Answered>
    </Section>
  );
}

function sentence(services: readonly Service[]): string {
  const open = services.filter(service => service.status !== "cleared");
  if (open.length === 0) {
    return services.length === 0
      ? "No machine has asked for service."
      : "No machine needs service; all faults are gone.";
  }
  const machines = new Set(open.map(service => service.machine.label));
  return `${count(open.length, "request")} open, for ${[...machines].slice(0, 4).join(", ")}${machines.size > 4 ? " and others" : ""}.`;
}
