import { describe, expect, it } from "vitest";
import type { Hour } from "../api/types";
import { dayBars, hourBars } from "./series";

const token = { symbol: "CTT", decimals: 6 };
const hour = (at: string, name: string, cups: number): Hour => ({
  hour: at,
  product: { id: `0x${name}`, name },
  cups,
  revenue: String(cups * 1_000_000),
});

describe("bars", () => {
  it("should show hours without a cup too, products stacked by how much they sell", () => {
    const bars = hourBars(
      [hour("2026-11-23T08:00:00Z", "Latte", 3), hour("2026-11-23T10:00:00Z", "Espresso", 5)],
      "2026-11-23T08:00:00Z",
      "2026-11-23T11:00:00Z",
      "hour",
      token,
    );
    expect(bars.labels).toHaveLength(3);
    expect(bars.series).toEqual([
      { name: "Espresso", values: [0, 0, 5] },
      { name: "Latte", values: [3, 0, 0] },
    ]);
    expect(bars.tip(2)).toContain("5 cups\n5.00\u00a0CTT\nEspresso 5");
  });

  it("should gather hours into days", () => {
    const bars = hourBars(
      [hour("2026-11-22T08:00:00Z", "Latte", 3), hour("2026-11-22T23:00:00Z", "Latte", 1)],
      "2026-11-22T00:00:00Z",
      "2026-11-24T00:00:00Z",
      "day",
      token,
    );
    expect(bars.series).toEqual([{ name: "Latte", values: [4, 0] }]);
  });

  it("should put what sells least under other when there are too many products", () => {
    const hours = Array.from({ length: 12 }, (_, at) =>
      hour("2026-11-23T08:00:00Z", `Product ${at}`, 20 - at),
    );
    const bars = hourBars(hours, "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z", "hour", token);
    expect(bars.series).toHaveLength(8);
    expect(bars.series.at(-1)).toEqual({ name: "Other", values: [13 + 12 + 11 + 10 + 9] });
  });

  it("should fill the days between two days with sales", () => {
    const bars = dayBars(
      [
        { day: "2024-03-02", cups: 1, spent: "2000000" },
        { day: "2024-02-28", cups: 1, spent: "1500000" },
      ],
      token,
    );
    expect(bars.labels).toEqual(["28 Feb", "29 Feb", "1 Mar", "2 Mar"]);
    expect(bars.series[0]?.values).toEqual([1.5, 0, 0, 2]);
  });
});
