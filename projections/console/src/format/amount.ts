import type { Token } from "../api/types";

const GROUPED = new Intl.NumberFormat("en", { useGrouping: true });

/** How many digits after the point are shown; further ones are cut off and marked with an ellipsis. */
const SHOWN = 6;

/**
 * An amount in the token's smallest unit as people write it: "1,204.50". At least two digits after the point (where the
 * token has them), never rounded, never through a float.
 */
export function decimal(amount: string, decimals: number): string {
  const units = BigInt(amount);
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = GROUPED.format(BigInt(digits.slice(0, digits.length - decimals)));
  const all = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const cut = all.length > SHOWN ? `${all.slice(0, SHOWN)}…` : all;
  const fraction = decimals === 0 ? "" : `.${cut.padEnd(Math.min(2, decimals), "0")}`;
  return `${negative ? "−" : ""}${whole}${fraction}`;
}

/** The same with the token's symbol, not broken over lines. */
export function money(amount: string, token: Token): string {
  return `${decimal(amount, token.decimals)}\u00a0${token.symbol}`;
}

export function sum(amounts: Iterable<string>): string {
  let total = 0n;
  for (const amount of amounts) total += BigInt(amount);
  return total.toString();
}

/** Where an amount lies on a scale from 0 to a whole, in 0 to 1: for the length of a bar, not for a figure. */
export function share(part: string, whole: string): number {
  const all = BigInt(whole);
  if (all <= 0n) return 0;
  const scaled = Number((BigInt(part) * 100_000n) / all) / 100_000;
  return Math.min(1, Math.max(0, scaled));
}

/** For the height of a bar in a chart only: whole tokens, near enough. The text beside it comes from decimal(). */
export function height(amount: string, decimals: number): number {
  return Number(amount) / 10 ** decimals;
}

/** A fee on chain: wei as ETH, or as gwei below a hundredth of one. */
export function ether(wei: string): string {
  const value = BigInt(wei);
  if (value === 0n) return "0 ETH";
  return value < 10n ** 16n ? `${decimal(wei, 9).replace(/\.00$/, "")} gwei` : `${decimal(wei, 18)} ETH`;
}
