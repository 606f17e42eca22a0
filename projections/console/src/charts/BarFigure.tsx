import { Skeleton } from "@mantine/core";
import { Suspense, lazy } from "react";
import type { Bars } from "./bars";
import css from "./Chart.module.css";

const Chart = lazy(() => import("./Chart"));

/** A bar chart with the same figures as a table for whoever cannot or does not want to read bars. */
export function BarFigure({ bars, label, height = 220 }: { bars: Bars; label: string; height?: number }) {
  return (
    <figure className={css.figure}>
      <Suspense fallback={<Skeleton height={height} radius={8} />}>
        <Chart bars={bars} label={label} height={height} />
      </Suspense>
      <details className={css.figures}>
        <summary>Figures</summary>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keys */}
        <div tabIndex={0} role="region" aria-label={`${label} (figures)`}>
          <table>
            <tbody>
              {bars.labels.map((_, at) => (
                <tr key={at}>
                  {bars
                    .tip(at)
                    .split("\n")
                    .map(text => (
                      <td key={text}>{text}</td>
                    ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
