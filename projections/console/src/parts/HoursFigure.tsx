import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../api/queries";
import type { HourList } from "../api/types";
import { BarFigure } from "../charts/BarFigure";
import { hourBars } from "../charts/series";
import { day, hourOf } from "../format/time";
import { count, number } from "../format/words";
import { Answered, Empty } from "./Answered";
import { useToken } from "./values";

/** How far back the bars go from the machine's newest hour. */
export type Range = "2d" | "7d" | "30d";

const DAYS: Record<Range, number> = { "2d": 2, "7d": 7, "30d": 30 };

/** A machine's cups by hour (by day over a month) and product. */
export function HoursFigure({ id, range, height = 240 }: { id: string; range: Range; height?: number }) {
  const token = useToken();
  const newest = useQuery(queries.hours(id));
  const end = newest.data?.to ?? undefined;
  const begin =
    end && range !== "2d" ? new Date(Date.parse(end) - DAYS[range] * 86_400_000).toISOString() : undefined;
  const longer = useQuery({ ...queries.hours(id, begin, end), enabled: begin !== undefined });
  const query = begin === undefined ? newest : longer;
  const bars = useMemo(() => {
    const list = query.data;
    if (!list?.from || !list.to || list.items.length === 0) return undefined;
    return hourBars(list.items, list.from, list.to, range === "30d" ? "day" : "hour", token);
  }, [query.data, range, token]);
  return (
    <Answered query={query} height={height}>
      {list =>
        bars ? (
          <BarFigure
            bars={bars}
            label={`Cups of ${list.machine.label} by ${range === "30d" ? "day" : "hour"} and product`}
            height={height}
          />
        ) : (
          <Empty>Bars for each hour appear with this machine&apos;s first accepted cup.</Empty>
        )
      }
    </Answered>
  );
}

/** The busiest hour in words. */
export function hoursSentence(list: HourList): string {
  const cups = new Map<string, number>();
  for (const hour of list.items) cups.set(hour.hour, (cups.get(hour.hour) ?? 0) + hour.cups);
  const busiest = [...cups].sort((a, b) => b[1] - a[1])[0];
  if (!busiest) return `${list.machine.label} has not sold a cup yet.`;
  const all = [...cups.values()].reduce((sum, one) => sum + one, 0);
  const [hour, most] = busiest;
  return `${list.machine.label} poured ${count(all, "cup")} in 48 hours; the busiest hour was ${hourOf(hour)} on ${day(hour.slice(0, 10))} with ${number(most)}.`;
}
