import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries";
import type { Contract } from "../api/types";
import { number } from "../format/words";
import { Answered } from "../parts/Answered";
import { type Column, DataTable } from "../parts/DataTable";
import { Section } from "../parts/Section";
import { Id, None } from "../parts/values";
import { Facts, PageHead } from "./PageHead";
import css from "./pages.module.css";

const WHAT: Record<string, string> = {
  IdentityProvider: "Participants, their roles and keys; machines; the owners' votes",
  PaymentProvider: "Channels: deposits, redemptions, credit",
  RentalProvider: "Rentals: offers, bonds, downtime",
  MaintenanceProvider: "Service: agreements, requests, their payment",
  SupplyProvider: "Supplies: agreements, orders, deliveries",
  Token: "The token that all is paid in",
};

const COLUMNS: Column<Contract>[] = [
  { head: "Contract", cell: contract => contract.name },
  { head: "Holds", cell: contract => WHAT[contract.name] ?? "" },
  { head: "Address", cell: contract => <Id value={contract.address} what="address" /> },
  {
    head: "Interface",
    cell: contract =>
      contract.abi ? (
        <a href={`/api/contracts/${contract.name}/abi`} download={`${contract.name}.json`}>
          ABI
        </a>
      ) : (
        <None>not published</None>
      ),
  },
];

/** Where the contracts are: for those who check for themselves what this console says. */
export function ContractsPage() {
  const contracts = useQuery(queries.contracts());
  return (
    <Answered query={contracts} height={320}>
      {known => (
        <div className={css.page}>
          <PageHead title="Contracts">
            Who owes whom what is decided on the chain. With these addresses anyone can check it there.
          </PageHead>
          <Section title="On the chain">
            <Facts
              facts={[
                ["Chain id", String(known.chainId)],
                ["Since block", number(known.deploymentBlock)],
              ]}
            />
            <DataTable
              caption="Contracts"
              columns={COLUMNS}
              items={known.items}
              rowKey={one => one.name}
              things="contracts"
            />
          </Section>
        </div>
      )}
    </Answered>
  );
}
