import type { Service } from "../api/types";
import { type Column, DataTable } from "./DataTable";
import { Status, type Tone } from "./Status";
import { Id, MachineLink, None, Sub, Time } from "./values";

const STATUS: Record<Service["status"], { tone: Tone; text: string }> = {
  opened: { tone: "warn", text: "Decided, not yet on chain" },
  requested: { tone: "warn", text: "Requested on chain" },
  failed: { tone: "bad", text: "The request failed" },
  cleared: { tone: "good", text: "Fault is gone" },
};

const COLUMNS: Column<Service>[] = [
  {
    head: "Machine",
    cell: service => (
      <>
        <MachineLink machine={service.machine} />
        {service.machine.site && <Sub>{service.machine.site}</Sub>}
      </>
    ),
  },
  {
    head: "Fault",
    cell: service => (
      <>
        {service.description || service.rule}
        {service.note && <Sub>{service.note}</Sub>}
      </>
    ),
  },
  { head: "Opened", cell: service => <Time at={service.openedAt} /> },
  {
    head: "On chain",
    cell: service => (service.requestedAt ? <Time at={service.requestedAt} /> : <None>not yet</None>),
  },
  {
    head: "Transaction",
    cell: service =>
      service.transactionHash ? <Id value={service.transactionHash} what="transaction hash" /> : <None />,
  },
  {
    head: "Status",
    cell: service => {
      const { tone, text } = STATUS[service.status];
      return (
        <>
          <Status tone={tone}>{text}</Status>
          {service.faultClearedAt && (
            <Sub>
              since <Time at={service.faultClearedAt} />
            </Sub>
          )}
        </>
      );
    },
  },
];

/** Service requests, newest first. */
export function ServiceTable({ services }: { services: readonly Service[] }) {
  return (
    <DataTable
      caption="Service requests"
      columns={COLUMNS}
      items={services}
      rowKey={service => service.id}
      first={6}
      things="service requests"
    />
  );
}
