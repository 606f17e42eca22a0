import type { QueryClient } from "@tanstack/react-query";
import { FEED, LIST, queries } from "../api/queries";
import type {
  Channel,
  ChannelDetail,
  Machine,
  MachineDetail,
  Page,
  Redemption,
  Sale,
  Service,
} from "../api/types";
import type { LiveEvent } from "./stream";

/** Lists that no event carries whole are read again, but not more often than this. */
const RARELY = 3_000;

/** Puts events of the stream into what the page has read, so that it moves without asking again. */
export class LiveCache {
  readonly #cache: QueryClient;
  readonly #due = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(cache: QueryClient) {
    this.#cache = cache;
  }

  apply(events: readonly LiveEvent[]): void {
    const sales: Sale[] = [];
    const newest = new Map<string, LiveEvent>();
    for (const event of events) {
      if (event.name === "sale") sales.push(event.data);
      else newest.set(`${event.name} ${subject(event)}`, event);
    }
    if (sales.length > 0) this.#sales(sales);
    for (const event of newest.values()) this.#one(event);
  }

  /** Reads everything that is shown again. */
  refresh(): void {
    void this.#cache.invalidateQueries();
  }

  close(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
  }

  #one(event: LiveEvent): void {
    switch (event.name) {
      case "overview":
        this.#cache.setQueryData(queries.overview().queryKey, event.data);
        break;
      case "problem":
        this.#cache.setQueryData(queries.problems().queryKey, event.data);
        break;
      case "machine":
        this.#machine(event.data);
        break;
      case "balance":
        this.#balance(event.data);
        break;
      case "redemption":
        this.#redemption(event.data);
        break;
      case "service":
        this.#service(event.data);
        break;
      case "reset":
        this.refresh();
        break;
      case "sale":
        break;
    }
  }

  #sales(sales: Sale[]): void {
    const add = (list: Sale[], limit: number) => newestSales([...sales, ...list], limit);
    this.#cache.setQueryData<Page<Sale>>(queries.sales().queryKey, page =>
      page ? { ...page, items: add(page.items, FEED) } : page,
    );
    for (const machine of new Set(sales.map(sale => sale.machine?.id ?? ""))) {
      this.#cache.setQueryData<MachineDetail>(["machine", machine], detail =>
        detail
          ? {
              ...detail,
              sales: newestSales(
                [...sales.filter(sale => sale.machine?.id === machine), ...detail.sales],
                20,
              ),
            }
          : detail,
      );
      this.#soon("hours", machine);
    }
    for (const channel of new Set(sales.map(sale => sale.channel))) {
      this.#cache.setQueryData<ChannelDetail>(["channel", channel], detail =>
        detail
          ? {
              ...detail,
              sales: newestSales([...sales.filter(sale => sale.channel === channel), ...detail.sales], 20),
            }
          : detail,
      );
    }
    this.#soon("customers");
    for (const customer of new Set(sales.map(sale => sale.customer.address))) this.#soon("days", customer);
  }

  #machine(machine: Machine): void {
    this.#cache.setQueryData<Page<Machine>>(queries.machines().queryKey, page =>
      page ? { ...page, items: replaced(page.items, machine, one => one.id) } : page,
    );
    this.#cache.setQueryData<MachineDetail>(["machine", machine.id], detail =>
      detail ? { ...detail, ...machine } : detail,
    );
    this.#soon("machine", machine.id);
  }

  #balance(channel: Channel): void {
    this.#cache.setQueryData<Page<Channel>>(queries.channels().queryKey, page =>
      page ? { ...page, items: replaced(page.items, channel, one => one.id) } : page,
    );
    this.#cache.setQueryData<ChannelDetail>(["channel", channel.id], detail =>
      detail ? { ...detail, ...channel } : detail,
    );
  }

  #redemption(redemption: Redemption): void {
    this.#cache.setQueryData<Page<Redemption>>(queries.redemptions().queryKey, page =>
      page
        ? { ...page, items: sorted(replaced(page.items, redemption, one => one.id)).slice(0, LIST) }
        : page,
    );
    this.#cache.setQueryData<ChannelDetail>(["channel", redemption.channel], detail =>
      detail
        ? { ...detail, redemptions: sorted(replaced(detail.redemptions, redemption, one => one.id)) }
        : detail,
    );
    this.#soon("customers");
  }

  #service(service: Service): void {
    this.#cache.setQueryData<Page<Service>>(queries.services().queryKey, page =>
      page ? { ...page, items: replaced(page.items, service, one => one.id) } : page,
    );
    this.#soon("machine", service.machine.id);
  }

  #soon(...key: string[]): void {
    const name = key.join(" ");
    if (this.#due.has(name)) return;
    this.#due.set(
      name,
      setTimeout(() => {
        this.#due.delete(name);
        void this.#cache.invalidateQueries({ queryKey: key });
      }, RARELY),
    );
  }
}

/** The item in place of its older self, or in front if it is new. */
export function replaced<T>(items: readonly T[], item: T, id: (item: T) => string): T[] {
  const at = items.findIndex(one => id(one) === id(item));
  return at < 0 ? [item, ...items] : items.with(at, item);
}

/** Newest in the log first, each sale once (the stream may repeat). */
export function newestSales(sales: readonly Sale[], limit: number): Sale[] {
  const seen = new Map<string, Sale>();
  for (const sale of sales) {
    const key = `${sale.channel} ${sale.sequence}`;
    if (!seen.has(key)) seen.set(key, sale);
  }
  return [...seen.values()]
    .sort((a, b) => b.loggedAt.localeCompare(a.loggedAt) || b.sequence - a.sequence)
    .slice(0, limit);
}

/** On their way first, then by their time, newest first. */
function sorted(redemptions: Redemption[]): Redemption[] {
  const key = (one: Redemption) => one.time ?? one.decidedAt ?? "";
  return redemptions.toSorted((a, b) => key(b).localeCompare(key(a)));
}

function subject(event: LiveEvent): string {
  switch (event.name) {
    case "balance":
    case "redemption":
    case "machine":
    case "service":
      return event.data.id;
    default:
      return "";
  }
}
