import { describe, expect, it } from "vitest";
import { decimal, ether, money, share, sum } from "./amount";

describe("amounts", () => {
  it("should show at least two digits after the point and no more than there are", () => {
    expect(decimal("0", 6)).toBe("0.00");
    expect(decimal("2750000", 6)).toBe("2.75");
    expect(decimal("1", 6)).toBe("0.000001");
    expect(decimal("1500000", 6)).toBe("1.50");
    expect(decimal("7", 0)).toBe("7");
    expect(decimal("75", 1)).toBe("7.5");
  });

  it("should stay exact beyond what a float holds", () => {
    expect(decimal("79228162514264337593543950335", 6)).toBe("79,228,162,514,264,337,593,543.950335");
  });

  it("should cut, not round, and mark what it cut", () => {
    expect(decimal("999999999999999999", 18)).toBe("0.999999…");
  });

  it("should show negative amounts", () => {
    expect(decimal("-1230000", 6)).toBe("−1.23");
  });

  it("should name the token", () => {
    expect(money("1204500000", { symbol: "CTT", decimals: 6 })).toBe("1,204.50\u00a0CTT");
  });

  it("should add without losing a unit", () => {
    expect(sum(["9007199254740993", "1"])).toBe("9007199254740994");
    expect(sum([])).toBe("0");
  });

  it("should place a part on the scale of its whole", () => {
    expect(share("50", "200")).toBe(0.25);
    expect(share("5", "0")).toBe(0);
    expect(share("300", "200")).toBe(1);
  });

  it("should show fees in the unit that reads best", () => {
    expect(ether("0")).toBe("0 ETH");
    expect(ether("191400000000000")).toBe("191,400 gwei");
    expect(ether("1500000000000000000")).toBe("1.50 ETH");
  });
});
