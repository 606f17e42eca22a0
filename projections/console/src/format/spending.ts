import type { Customer, CustomerDay, Token } from "../api/types";
import { money, sum } from "./amount";
import { day } from "./time";
import { count, listed, partyName } from "./words";

/** The day that "today" means: today if anybody bought a cup, else the newest day with sales. */
export type Latest = {
  today: boolean;
  day: string | null;
  of: (customer: Customer) => CustomerDay | null;
};

export function latestDay(customers: readonly Customer[]): Latest {
  if (customers.some(customer => customer.today.cups > 0)) {
    return { today: true, day: customers[0]?.today.day ?? null, of: customer => customer.today };
  }
  const newest = customers
    .map(customer => customer.newestDay?.day ?? "")
    .reduce((a, b) => (a > b ? a : b), "");
  return {
    today: false,
    day: newest || null,
    of: customer => (customer.newestDay?.day === newest ? customer.newestDay : null),
  };
}

/** Answers "What did each customer spend today?" in one or two sentences, and says which day it is. */
export function customersSentence(customers: readonly Customer[], latest: Latest, token: Token): string {
  if (customers.length === 0) return "No customer rents a machine yet.";
  if (latest.day === null) return "Nobody has bought a cup yet.";
  const spending = customers
    .map(customer => ({ customer, day: latest.of(customer) }))
    .filter(one => (one.day?.cups ?? 0) > 0)
    .sort((a, b) => (BigInt(b.day?.spent ?? 0) > BigInt(a.day?.spent ?? 0) ? 1 : -1));
  const when = latest.today
    ? `Today, ${day(latest.day)},`
    : `Nobody bought a cup today. On ${day(latest.day)}, the newest day with sales,`;
  const total = money(sum(spending.map(one => one.day?.spent ?? "0")), token);
  if (spending.length > 3) return `${when} ${count(spending.length, "customer")} spent ${total}.`;
  return `${when} ${listed(spending.map(one => `${partyName(one.customer)} spent ${money(one.day?.spent ?? "0", token)}`))}.`;
}
