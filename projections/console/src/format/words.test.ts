import { describe, expect, it } from "vitest";
import type { Customer, MachineState } from "../api/types";
import { customersSentence, latestDay } from "./spending";
import { ago, day, utc } from "./time";
import {
  count,
  fleetSentence,
  listed,
  measured,
  problemsSentence,
  quantityName,
  span,
  withoutState,
} from "./words";

const fleet = (...states: MachineState[]) => states.map(state => ({ state }));

describe("the fleet in a sentence", () => {
  it("should say what serves and what does not", () => {
    expect(fleetSentence(fleet("serving", "serving", "ready", "silent"))).toBe(
      "2 of 4 machines are serving. 1 ready and 1 silent.",
    );
    expect(fleetSentence(fleet("serving", "ready"))).toBe("1 of 2 machines is serving. 1 ready.");
  });

  it("should say that all or none serve", () => {
    expect(fleetSentence(fleet("serving", "serving"))).toBe("All 2 machines are serving.");
    expect(fleetSentence(fleet("faulty"))).toBe("No machine is serving right now. 1 faulty.");
    expect(fleetSentence([])).toBe("No machine is rented yet.");
  });
});

describe("customers in a sentence", () => {
  const token = { symbol: "CTT", decimals: 6 };
  const customer = (name: string, today: number, spent: string, newest: string | null): Customer => ({
    address: `0x${name}`,
    name,
    channels: 1,
    deposited: "0",
    spent,
    redeemed: "0",
    credit: "0",
    cups: 1,
    today: { day: "2026-11-23", cups: today, spent: today ? spent : "0" },
    newestDay: newest === null ? null : { day: newest, cups: 1, spent },
  });

  it("should name who spent what today", () => {
    const customers = [
      customer("Alder", 2, "2000000", "2026-11-23"),
      customer("Kestrel", 0, "0", null),
      customer("Lumen", 1, "3500000", "2026-11-23"),
    ];
    expect(customersSentence(customers, latestDay(customers), token)).toBe(
      "Today, Mon, 23 Nov 2026, Lumen spent 3.50\u00a0CTT and Alder spent 2.00\u00a0CTT.",
    );
  });

  it("should fall back to the newest day with sales and say which it is", () => {
    const customers = [
      customer("Alder", 0, "2000000", "2024-03-01"),
      customer("Lumen", 0, "5", "2024-02-29"),
    ];
    expect(customersSentence(customers, latestDay(customers), token)).toBe(
      "Nobody bought a cup today. On Fri, 1 Mar 2024, the newest day with sales, Alder spent 2.00\u00a0CTT.",
    );
  });

  it("should say that nobody bought anything yet", () => {
    const customers = [customer("Alder", 0, "0", null)];
    expect(customersSentence(customers, latestDay(customers), token)).toBe("Nobody has bought a cup yet.");
  });
});

describe("words", () => {
  it("should count and list", () => {
    expect(count(1, "cup")).toBe("1 cup");
    expect(count(1234, "cup")).toBe("1,234 cups");
    expect(listed(["a"])).toBe("a");
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
  });

  it("should name readings and units as people do", () => {
    expect(quantityName("BoilerTempCoffee")).toBe("Coffee boiler temperature");
    expect(quantityName("GrinderWear")).toBe("Grinder wear");
    expect(measured({ value: 92.44, unit: "Cel" })).toBe("92.4\u00a0°C");
  });

  it("should tell spans and times", () => {
    expect(span(2880)).toBe("2 days");
    expect(span(90)).toBe("90 minutes");
    expect(utc("2026-11-23T14:03:21.123456Z")).toBe("2026-11-23 14:03:21 UTC");
    expect(day("2024-03-01")).toBe("Fri, 1 Mar 2024");
    const now = new Date("2026-11-23T14:00:00Z");
    expect(ago("2026-11-23T13:59:59Z", now)).toBe("just now");
    expect(ago("2026-11-23T13:59:18Z", now)).toBe("42 s ago");
    expect(ago("2026-11-20T14:00:00Z", now)).toBe("3 days ago");
  });

  it("should not say a machine's state twice", () => {
    expect(withoutState("Serving: poured a cup within the last minute.", "serving")).toBe(
      "Poured a cup within the last minute.",
    );
    expect(withoutState("Never heard from.", "unknown")).toBe("Never heard from.");
  });

  it("should name the kinds of problems", () => {
    const problems = [{ kind: "quarantined" }, { kind: "faultOpen" }, { kind: "faultOpen" }];
    expect(problemsSentence("1 error and 2 warnings.", problems)).toBe(
      "1 error and 2 warnings: refused record and machine fault (2).",
    );
    expect(problemsSentence("Nothing is stuck or refused.", [])).toBe("Nothing is stuck or refused.");
  });
});
