import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../api/queries";
import { BarFigure } from "../charts/BarFigure";
import { minuteBars } from "../charts/series";
import { ago } from "../format/time";
import { count, number } from "../format/words";
import { useNow } from "../live/useNow";
import { Answered } from "../parts/Answered";
import { Section } from "../parts/Section";

/** Cups in each minute of the last hour, as they are poured. */
export function Minutes() {
  const query = useQuery(queries.overview());
  const now = useNow();
  const overview = query.data;
  const bars = useMemo(() => overview && minuteBars(overview.minutes, overview.token), [overview]);
  const cups = overview?.minutes.reduce((all, minute) => all + minute.cups, 0) ?? 0;
  const peak = Math.max(0, ...(overview?.minutes.map(minute => minute.cups) ?? []));
  const answer = !overview
    ? undefined
    : cups > 0
      ? `${count(cups, "cup")} in the last hour, at most ${number(peak)} in a minute.`
      : overview.lastSaleAt
        ? `No cup in the last hour; the last one was ${ago(overview.lastSaleAt, now)}.`
        : "No cup yet: the first one shows here within a second.";
  return (
    <Section title="Cups per minute" question="What is going on right now?" answer={answer}>
      <Answered query={query} height={340}>
        {() =>
          bars && (
            <BarFigure bars={bars} label={`Cups per minute of the last hour. ${answer ?? ""}`} height={322} />
          )
        }
      </Answered>
    </Section>
  );
}
