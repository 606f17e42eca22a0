import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../api/queries";
import type { Sale } from "../api/types";
import { partyName, productName } from "../format/words";
import { Answered, Empty } from "../parts/Answered";
import { Section } from "../parts/Section";
import { MachineLink, Money, Time } from "../parts/values";
import css from "./Feed.module.css";

const SHOWN = 8;

/** The newest cups as they arrive; can be held still. */
export function Feed() {
  const query = useQuery(queries.sales());
  const [held, setHeld] = useState<readonly Sale[] | null>(null);
  return (
    <Section
      title="Newest cups"
      question="Who bought what just now?"
      aside={
        <Button
          size="compact-xs"
          variant="default"
          aria-pressed={held !== null}
          onClick={() => {
            setHeld(held ? null : (query.data?.items ?? []));
          }}
        >
          {held ? "Go on" : "Hold"}
        </Button>
      }
    >
      <Answered query={query} height={330}>
        {page =>
          page.items.length === 0 ? (
            <Empty>
              Each cup appears here as soon as its receipt is accepted, a moment after it was paid.
            </Empty>
          ) : (
            <ol className={css.feed} aria-label="Newest cups">
              {(held ?? page.items).slice(0, SHOWN).map(sale => (
                <SaleRow key={`${sale.channel} ${sale.sequence}`} sale={sale} />
              ))}
            </ol>
          )
        }
      </Answered>
    </Section>
  );
}

function SaleRow({ sale }: { sale: Sale }) {
  return (
    <li className={css.row}>
      <span className={css.what}>{productName(sale.product)}</span>
      <span className={css.amount}>{sale.amount !== null && <Money amount={sale.amount} />}</span>
      <span className={css.where}>
        <MachineLink machine={sale.machine} /> · {partyName(sale.customer)}
      </span>
      <span className={css.when}>
        <Time at={sale.loggedAt} relative />
      </span>
    </li>
  );
}
