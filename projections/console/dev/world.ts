import type {
  Channel,
  Customer,
  Health,
  Hour,
  Machine,
  MachineDetail,
  MachineState,
  Overview,
  Redemption,
  Sale,
  Service,
} from "../src/api/types.ts";
import {
  type Cast,
  customers,
  FAULTY,
  hex,
  machines,
  manufacturer,
  products,
  random,
  SILENT,
  token,
} from "./cast.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often people drink, by the hour of the day. */
const RUSH = [0, 0, 0, 0, 0, 1, 3, 8, 12, 10, 7, 5, 8, 9, 6, 5, 4, 2, 1, 1, 0, 0, 0, 0];

/** A small fleet that behaves: a past of some days, and cups, redemptions and a fault as time goes on. */
export class World {
  readonly sales: Sale[] = [];
  readonly redemptions: Redemption[] = [];
  readonly services: Service[] = [];
  readonly #next = random(11);
  readonly #totals = new Map<string, bigint>();
  readonly #redeemed = new Map<string, bigint>();
  readonly #counts = new Map<string, number>();
  #block = 1200;
  #position = 0;

  constructor(now: number, days = 9) {
    const begin = Math.floor((now - days * DAY) / HOUR) * HOUR;
    for (let hour = begin; hour < now; hour += HOUR) {
      const rush = Math.max(RUSH[new Date(hour).getUTCHours()] ?? 0, hour > now - 3 * HOUR ? 9 : 0);
      for (const cast of machines) {
        const cups = Math.floor(rush * cast.pace * (0.4 + this.#next()));
        for (let cup = 0; cup < cups; cup++)
          this.sell(cast, hour + this.#next() * Math.min(HOUR, now - hour));
      }
      if (hour % (6 * HOUR) === 0) this.redeemAll(hour + 20 * MINUTE, now);
    }
    this.sales.sort((a, b) => b.loggedAt.localeCompare(a.loggedAt));
    this.#fault(now - 26 * MINUTE);
  }

  /** Somebody has a cup. */
  sell(cast: Cast, at: number): Sale {
    const { product, price } = this.#choose();
    const total = (this.#totals.get(cast.channel) ?? 0n) + price;
    const sequence = (this.#counts.get(cast.channel) ?? 0) + 1;
    this.#totals.set(cast.channel, total);
    this.#counts.set(cast.channel, sequence);
    this.#position++;
    const time = new Date(at).toISOString();
    const sale: Sale = {
      channel: cast.channel,
      sequence,
      machine: cast.ref,
      product,
      customer: cast.customer,
      price: String(price),
      credit: "0",
      amount: String(price),
      total: String(total),
      time,
      loggedAt: time,
      proven: true,
    };
    this.sales.unshift(sale);
    return sale;
  }

  /** Somebody has a cup now, at a machine that works. */
  sellSomewhere(now: number): { sale: Sale; cast: Cast } {
    const working = machines.filter((_, at) => at !== FAULTY && at !== SILENT);
    const cast = working[Math.floor(this.#next() * working.length)] as Cast;
    return { sale: this.sell(cast, now), cast };
  }

  /** One transaction redeems what all channels owe. */
  redeemAll(at: number, now: number): Redemption[] {
    if (at > now) return [];
    this.#block += 40;
    const owing = machines.filter(
      cast => (this.#totals.get(cast.channel) ?? 0n) > (this.#redeemed.get(cast.channel) ?? 0n),
    );
    const made = owing.map((cast, index): Redemption => {
      const total = this.#totals.get(cast.channel) ?? 0n;
      const amount = total - (this.#redeemed.get(cast.channel) ?? 0n);
      this.#redeemed.set(cast.channel, total);
      const pending = at > now - 3 * MINUTE && index === 0;
      return {
        id: hex(`${cast.channel} ${this.#block}`, 32),
        channel: cast.channel,
        machine: cast.ref,
        customer: cast.customer,
        payee: manufacturer,
        amount: String(amount),
        total: String(total),
        sequence: this.#counts.get(cast.channel) ?? 0,
        status: pending ? "pending" : "confirmed",
        stage: pending ? "sent" : "confirmed",
        reason: index % 3 === 0 ? "INTERVAL" : "THRESHOLD",
        note: null,
        decidedAt: new Date(at - 9000).toISOString(),
        time: pending ? null : new Date(at).toISOString(),
        transactionHash: hex(`transaction ${this.#block}`, 32),
        blockNumber: pending ? null : this.#block,
        gasUsed: pending ? null : 48_000 + 31_500 * owing.length,
        feeWei: pending ? null : String(1_100_000_000n * BigInt(48_000 + 31_500 * owing.length)),
        sharedBy: owing.length,
      };
    });
    this.redemptions.unshift(...made);
    return made;
  }

  machine(cast: Cast, now: number): Machine {
    const own = this.sales.filter(sale => sale.channel === cast.channel);
    const today = own.filter(sale => sale.loggedAt >= midnight(now));
    const last = own[0]?.loggedAt ?? null;
    const state = this.#state(machines.indexOf(cast), last, now);
    return {
      ...cast.ref,
      state,
      sentence: {
        serving: "Poured a cup within the last minute.",
        ready: "Heard from within 5 minutes; no fault.",
        faulty: "The coffee boiler is too hot.",
        silent: "Not heard from for 3 h.",
        unknown: "Rented, never heard from.",
      }[state],
      customer: cast.customer,
      manufacturer,
      channel: cast.channel,
      credit: this.channel(cast, now).credit,
      lastSeen: new Date(state === "silent" ? now - 3 * HOUR : now - 4000).toISOString(),
      lastSaleAt: last,
      cups: own.length,
      revenue: String(this.#totals.get(cast.channel) ?? 0n),
      cupsToday: today.length,
      revenueToday: total(today),
      openFaults: state === "faulty" ? 1 : 0,
      failures: machines.indexOf(cast) === FAULTY ? 2 : 0,
      version: "1.0.3",
    };
  }

  detail(cast: Cast, now: number): MachineDetail {
    const time = new Date(now - 4000).toISOString();
    const hot = machines.indexOf(cast) === FAULTY;
    return {
      ...this.machine(cast, now),
      readings: [
        { quantity: "BoilerTempCoffee", unit: "Cel", value: hot ? 109.4 : 92.4 + cast.pace, time },
        { quantity: "BoilerTempSteam", unit: "Cel", value: 121.8, time },
        { quantity: "BoilerPressure", unit: "bar", value: 9.1, time },
        { quantity: "MilkLevel", unit: "%", value: 63, time },
      ],
      lastEvent: { kind: "STARTED", detail: "power on", time },
      faults: hot
        ? [
            {
              id: hex("fault", 32),
              rule: "BoilerOverheated",
              description: "The coffee boiler is hotter than 105 °C for more than 30 s.",
              quantity: "BoilerTempCoffee",
              unit: "Cel",
              value: 109.4,
              since: new Date(now - 27 * MINUTE).toISOString(),
              raisedAt: new Date(now - 26 * MINUTE).toISOString(),
              clearedAt: null,
            },
          ]
        : [],
      hours: [],
      sales: this.sales.filter(sale => sale.channel === cast.channel).slice(0, 20),
      services: this.services.filter(service => service.machine.id === cast.ref.id),
    };
  }

  hours(cast: Cast, from: string, to: string): Hour[] {
    const found = new Map<string, Hour>();
    for (const sale of this.sales) {
      if (sale.channel !== cast.channel || sale.time === null || sale.product === null) continue;
      if (sale.time < from || sale.time >= to) continue;
      const hour = new Date(Math.floor(Date.parse(sale.time) / HOUR) * HOUR).toISOString();
      const key = `${hour} ${sale.product.id}`;
      const old = found.get(key) ?? { hour, product: sale.product, cups: 0, revenue: "0" };
      found.set(key, {
        ...old,
        cups: old.cups + 1,
        revenue: String(BigInt(old.revenue) + BigInt(sale.amount ?? 0)),
      });
    }
    return [...found.values()].sort((a, b) => a.hour.localeCompare(b.hour));
  }

  channel(cast: Cast, now: number): Channel {
    const accepted = this.#totals.get(cast.channel) ?? 0n;
    const redeemed = this.#redeemed.get(cast.channel) ?? 0n;
    const deposited = BigInt(Math.ceil(Number(accepted) / 5e8) * 5e8 + 5e8);
    const waiting = machines.indexOf(cast) === 2 ? 4_200_000n : 0n;
    return {
      id: cast.channel,
      customer: cast.customer,
      payee: manufacturer,
      index: 0,
      machine: cast.ref,
      status: "OPEN",
      deposited: String(deposited),
      accepted: String(accepted),
      receipts: this.#counts.get(cast.channel) ?? 0,
      newestSequence: this.#counts.get(cast.channel) ?? 0,
      redeemed: String(redeemed),
      outstanding: String(accepted - redeemed),
      credit: String(deposited - accepted),
      waiting: String(waiting),
      waitingReceipts: waiting ? 3 : 0,
      waitingReason: waiting ? "UNCOVERED" : "",
      redeeming: null,
      ahead: false,
      forked: false,
      closeAt: null,
      unredeemedSince: accepted > redeemed ? new Date(now - 2 * HOUR).toISOString() : null,
      updatedAt: new Date(now - 5000).toISOString(),
    };
  }

  customer(address: string, now: number): Customer {
    const party = customers.find(one => one.address === address);
    const channels = machines
      .filter(cast => cast.customer.address === address)
      .map(cast => this.channel(cast, now));
    const days = this.days(address);
    const today = midnight(now).slice(0, 10);
    const add = (of: (channel: Channel) => string) =>
      String(channels.reduce((sum, one) => sum + BigInt(of(one)), 0n));
    return {
      address,
      name: party?.name ?? null,
      channels: channels.length,
      deposited: add(one => one.deposited),
      spent: add(one => one.accepted),
      redeemed: add(one => one.redeemed),
      credit: add(one => one.credit),
      cups: channels.reduce((sum, one) => sum + one.receipts, 0),
      today: days.find(one => one.day === today) ?? { day: today, cups: 0, spent: "0" },
      newestDay: days[0] ?? null,
    };
  }

  days(address: string): { day: string; cups: number; spent: string }[] {
    const found = new Map<string, { day: string; cups: number; spent: string }>();
    for (const sale of this.sales) {
      if (sale.customer.address !== address) continue;
      const day = sale.loggedAt.slice(0, 10);
      const old = found.get(day) ?? { day, cups: 0, spent: "0" };
      found.set(day, {
        day,
        cups: old.cups + 1,
        spent: String(BigInt(old.spent) + BigInt(sale.amount ?? 0)),
      });
    }
    return [...found.values()].sort((a, b) => b.day.localeCompare(a.day));
  }

  overview(now: number): Overview {
    const all = machines.map(cast => this.channel(cast, now));
    const states = machines.map(cast => this.machine(cast, now).state);
    const of = (state: MachineState) => states.filter(one => one === state).length;
    const add = (value: (channel: Channel) => string) =>
      String(all.reduce((sum, one) => sum + BigInt(value(one)), 0n));
    const today = this.sales.filter(sale => sale.loggedAt >= midnight(now));
    const day = { day: midnight(now).slice(0, 10), cups: today.length, revenue: total(today) };
    const first = Math.floor(now / MINUTE) * MINUTE - 59 * MINUTE;
    const recent = this.sales.filter(sale => Date.parse(sale.loggedAt) >= first);
    return {
      asOf: new Date(now).toISOString(),
      position: `p${this.#position}`,
      token,
      cups: this.sales.length,
      revenue: add(one => one.accepted),
      today: day,
      newestDay: day.cups > 0 ? day : null,
      deposited: add(one => one.deposited),
      redeemed: add(one => one.redeemed),
      outstanding: add(one => one.outstanding),
      credit: add(one => one.credit),
      waiting: { receipts: 3, amount: "4200000" },
      machines: {
        total: machines.length,
        serving: of("serving"),
        ready: of("ready"),
        faulty: of("faulty"),
        silent: of("silent"),
        unknown: 0,
      },
      openFaults: 1,
      openServices: 1,
      quarantined: 1,
      transactions: {
        pending: this.redemptions.some(one => one.status === "pending") ? 1 : 0,
        confirmed: new Set(this.redemptions.map(one => one.transactionHash)).size + 1,
        failed: 0,
        gasUsed: 8_412_500,
        feesWei: "9253750000000000",
      },
      problems: { errors: 1, warnings: 3 },
      minutes: Array.from({ length: 60 }, (_, at) => {
        const minute = first + at * MINUTE;
        const own = recent.filter(sale => Math.floor((Date.parse(sale.loggedAt) - minute) / MINUTE) === 0);
        return { minute: new Date(minute).toISOString(), cups: own.length, revenue: total(own) };
      }),
      lastSaleAt: this.sales[0]?.loggedAt ?? null,
    };
  }

  health(now: number): Health {
    const up = (name: string, sentence: string) => ({ name, state: "up" as const, sentence });
    return {
      state: "lagging",
      sentence: "3 receipts wait for credit, for their channel or for one before them.",
      asOf: new Date(now).toISOString(),
      parts: [
        up("database", "The database answers."),
        up("readModels", "The read models are up to date with the log."),
        {
          name: "balances",
          state: "lagging",
          sentence: "3 receipts wait for credit, for their channel or for one before them.",
        },
        up("chainWatcher", `The log knows the chain up to block ${this.#block}, since 1 s ago.`),
        up("settlement", "Nothing waits to go to the chain."),
        up("machines", "7 of 8 machines were heard from within 5 minutes."),
      ],
      topics: [
        { topic: "channels.receipts.events.v1", position: this.sales.length, end: this.sales.length, lag: 0 },
      ],
    };
  }

  #state(at: number, last: string | null, now: number): MachineState {
    if (at === FAULTY) return "faulty";
    if (at === SILENT) return "silent";
    return last !== null && Date.parse(last) > now - MINUTE ? "serving" : "ready";
  }

  #fault(at: number): void {
    const { ref } = machines[FAULTY] as Cast;
    this.services.push({
      id: hex("service", 32),
      machine: ref,
      fault: hex("fault", 32),
      rule: "BoilerOverheated",
      description: "The coffee boiler is hotter than 105 °C for more than 30 s.",
      openedAt: new Date(at).toISOString(),
      status: "requested",
      requestedAt: new Date(at + 4000).toISOString(),
      transactionHash: hex("service transaction", 32),
      faultClearedAt: null,
      note: null,
    });
  }

  #choose() {
    let at = this.#next() * products.reduce((sum, one) => sum + one.weight, 0);
    for (const one of products) {
      at -= one.weight;
      if (at < 0) return one;
    }
    return products[0] as (typeof products)[number];
  }
}

function midnight(now: number): string {
  return `${new Date(now).toISOString().slice(0, 10)}T00:00:00.000Z`;
}

function total(sales: readonly Sale[]): string {
  return String(sales.reduce((sum, sale) => sum + BigInt(sale.amount ?? 0), 0n));
}
