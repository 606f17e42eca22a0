import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queries } from "../api/queries";
import type { Sale } from "../api/types";
import { LiveCache, newestSales } from "./apply";
import { type LiveEvent, LiveStream, type Liveness } from "./stream";

const sale = (sequence: number, loggedAt: string): Sale => ({
  channel: "0xc",
  sequence,
  machine: null,
  product: null,
  customer: { address: "0xa", name: null },
  price: "1",
  credit: "0",
  amount: "1",
  total: String(sequence),
  time: loggedAt,
  loggedAt,
  proven: true,
});

describe("sales from the stream", () => {
  it("should be shown once, newest first, however often they come", () => {
    const list = newestSales([sale(2, "b"), sale(1, "a"), sale(2, "b"), sale(3, "c")], 2);
    expect(list.map(one => one.sequence)).toEqual([3, 2]);
  });

  it("should enter a list that was read, and no other", () => {
    const client = new QueryClient();
    const cache = new LiveCache(client);
    cache.apply([{ name: "sale", data: sale(1, "a") }]);
    expect(client.getQueryData(queries.sales().queryKey)).toBeUndefined();
    client.setQueryData(queries.sales().queryKey, { items: [sale(1, "a")], next: null });
    cache.apply([{ name: "sale", data: sale(2, "b") }]);
    expect(client.getQueryData(queries.sales().queryKey)?.items.map(one => one.sequence)).toEqual([2, 1]);
    cache.close();
  });
});

class Source extends EventTarget {
  static all: Source[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
}

describe("the stream", () => {
  const said: Liveness[] = [];
  const events: LiveEvent[] = [];
  let returns = 0;
  let stream: LiveStream;

  beforeEach(() => {
    vi.useFakeTimers();
    Source.all = [];
    said.length = 0;
    events.length = 0;
    returns = 0;
    stream = new LiveStream({
      open: url => new Source(url) as unknown as EventSource,
      onEvents: list => events.push(...list),
      onLiveness: liveness => said.push(liveness),
      onReturn: () => returns++,
    });
    stream.start();
  });
  afterEach(() => {
    stream.close();
    vi.useRealTimers();
  });

  it("should gather events and hand them on together", () => {
    for (const sequence of [1, 2]) {
      Source.all[0]?.dispatchEvent(new MessageEvent("sale", { data: JSON.stringify(sale(sequence, "a")) }));
    }
    expect(events).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(events.map(event => event.name)).toEqual(["sale", "sale"]);
  });

  it("should resume after the newest event when the browser has given up", () => {
    const [first] = Source.all;
    first?.onopen?.();
    first?.dispatchEvent(new MessageEvent("sale", { data: "{}", lastEventId: "p7" }));
    first?.close();
    first?.onerror?.();
    vi.advanceTimersByTime(1000);
    expect(Source.all[1]?.url).toBe("/api/stream?lastEventId=p7");
    Source.all[1]?.onopen?.();
    expect(said).toEqual(["live", "reconnecting", "live"]);
    expect(returns).toBe(1);
  });

  it("should wait longer after each failure, and stop when closed", () => {
    for (const pause of [1000, 2000, 4000]) {
      const source = Source.all.at(-1);
      source?.close();
      source?.onerror?.();
      const before = Source.all.length;
      vi.advanceTimersByTime(pause - 1);
      expect(Source.all.length).toBe(before);
      vi.advanceTimersByTime(1);
      expect(Source.all.length).toBe(before + 1);
    }
    stream.close();
    vi.advanceTimersByTime(60_000);
    expect(Source.all.length).toBe(4);
  });
});
