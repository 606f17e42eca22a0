import type { Sale } from "../api/types";
import { number, productName } from "../format/words";
import { type Column, DataTable } from "./DataTable";
import { MachineLink, Money, None, PartyLink, Time } from "./values";

const COLUMNS: Column<Sale>[] = [
  { head: "Sold", cell: sale => <Time at={sale.time ?? sale.loggedAt} /> },
  { head: "Product", cell: sale => productName(sale.product) },
  { head: "Machine", cell: sale => <MachineLink machine={sale.machine} /> },
  { head: "Customer", cell: sale => <PartyLink party={sale.customer} /> },
  { head: "Receipt", cell: sale => number(sale.sequence), end: true },
  {
    head: "Paid",
    cell: sale => (sale.amount === null ? <None>erased</None> : <Money amount={sale.amount} />),
    end: true,
  },
];

/** Accepted sales, newest in the log first; without the columns that the page says already. */
export function SaleTable({ sales, without = [] }: { sales: readonly Sale[]; without?: readonly string[] }) {
  return (
    <DataTable
      caption="Sales"
      columns={COLUMNS.filter(column => !without.includes(column.head))}
      items={sales}
      rowKey={sale => `${sale.channel} ${sale.sequence}`}
      first={10}
      things="sales"
    />
  );
}
