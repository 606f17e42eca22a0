import type { MachineRef, Party, Product, Token } from "../src/api/types.ts";

/** Who plays in the fixtures. */
export const token: Token = { symbol: "CTT", decimals: 6 };

/** Numbers that look random and are the same every time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function hex(seed: string, bytes: number): string {
  const next = random([...seed].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7));
  return `0x${Array.from({ length: bytes }, () =>
    Math.floor(next() * 256)
      .toString(16)
      .padStart(2, "0"),
  ).join("")}`;
}

const party = (name: string): Party => ({ address: hex(name, 20), name });

export const manufacturer = party("Bergamo Espresso Works");
export const customers: Party[] = [
  "Northwind Legal",
  "Alder & Finch",
  "Kestrel Robotics",
  "Lumen Health",
].map(party);

export type Sold = { product: Product; price: bigint; weight: number };
export const products: Sold[] = (
  [
    ["Espresso", 900_000n, 3],
    ["Americano", 1_100_000n, 4],
    ["Cappuccino", 1_400_000n, 5],
    ["Latte", 1_500_000n, 5],
    ["Hot chocolate", 1_600_000n, 1],
  ] as const
).map(([name, price, weight]) => ({ product: { id: hex(name, 32), name }, price, weight }));

export type Cast = { ref: MachineRef; customer: Party; channel: string; pace: number };

const SITES = [
  "Lobby, Basel",
  "4th floor, Basel",
  "Workshop, Graz",
  "Canteen, Graz",
  "Reception, Turin",
  "Ward 7, Turin",
  "Library, Lyon",
  "Roof terrace, Lyon",
];

export const machines: Cast[] = SITES.map((site, at) => {
  const serial = `BE-${String(1041 + at * 7)}`;
  return {
    ref: { id: hex(serial, 32), label: serial, serial, site, model: at % 3 === 0 ? "Forte 2" : "Piccola" },
    customer: customers[at % customers.length] as Party,
    channel: hex(`channel ${serial}`, 32),
    pace: 0.4 + ((at * 37) % 10) / 8,
  };
});

/** Which of the machines has a fault, and which one is not heard from. */
export const FAULTY = 4;
export const SILENT = 6;
