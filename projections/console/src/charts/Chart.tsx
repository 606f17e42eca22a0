import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type ComposeOption, type EChartsType, init, use as register } from "echarts/core";
import type { BarSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type Bars, type Palette, readPalette } from "./bars";
import css from "./Chart.module.css";

register([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

type Option = ComposeOption<
  BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** Bars over time that move when their figures change. What it shows is in its label, in words. */
export default function Chart({ bars, label, height }: { bars: Bars; label: string; height: number }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, null, { renderer: "svg" });
    chart.current = made;
    const watcher = new ResizeObserver(() => {
      made.resize();
    });
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option(bars, readPalette()), { replaceMerge: ["series"] });
  }, [bars, scheme]);
  return <div ref={place} className={css.chart} style={{ height }} role="img" aria-label={label} />;
}

function option(bars: Bars, palette: Palette): Option {
  const many = bars.series.length > 1;
  const text = { color: palette.muted, fontFamily: palette.font, fontSize: 11 };
  return {
    animationDuration: 300,
    animationDurationUpdate: 300,
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: palette.series,
    grid: {
      left: 4,
      right: 4,
      top: many ? 34 : 12,
      bottom: 2,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    ...(many
      ? {
          legend: {
            type: "plain",
            top: 0,
            left: 0,
            icon: "roundRect",
            itemWidth: 10,
            itemHeight: 10,
            itemGap: 14,
            textStyle: { ...text, color: palette.ink },
          },
        }
      : { legend: { show: false } }),
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: palette.line, opacity: 0.4 } },
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { ...text, fontSize: 12, color: palette.ink },
      renderMode: "richText",
      formatter: parts => bars.tip((Array.isArray(parts) ? parts[0] : parts)?.dataIndex ?? 0),
    },
    xAxis: {
      type: "category",
      data: bars.labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      minInterval: bars.whole ? 1 : 0,
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.line } },
      splitNumber: 3,
    },
    series: bars.series.map((series, at) => ({
      type: "bar",
      name: series.name,
      stack: "all",
      data: series.values,
      barMaxWidth: 28,
      barCategoryGap: "24%",
      itemStyle: { borderRadius: at === bars.series.length - 1 ? [2, 2, 0, 0] : 0 },
    })),
  };
}
