import type { StreamEvents } from "../api/types";

/** How the page hears of changes right now. */
export type Liveness = "connecting" | "live" | "reconnecting";

type Name = keyof StreamEvents;
export type LiveEvent = { [N in Name]: { name: N; data: StreamEvents[N] } }[Name];

const NAMES: readonly Name[] = [
  "sale",
  "balance",
  "redemption",
  "machine",
  "service",
  "problem",
  "overview",
  "reset",
];
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
/** Events are handed on together this often, so that a thousand cups a second do not mean a thousand redraws. */
const GATHER = 200;

export type StreamPorts = {
  open: (url: string) => EventSource;
  onEvents: (events: LiveEvent[]) => void;
  onLiveness: (liveness: Liveness) => void;
  /** The connection is back after a break: what was missed while nobody resumed it may have to be read again. */
  onReturn: () => void;
};

/**
 * Follows /api/stream and never gives up. The browser resumes a broken connection by itself (Last-Event-ID); where it
 * gives up, as after an HTTP error, a new connection resumes with the newest id in the query.
 */
export class LiveStream {
  readonly #ports: StreamPorts;
  #source: EventSource | undefined;
  #lastId = "";
  #pause = FIRST_PAUSE;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #gathered: LiveEvent[] = [];
  #flush: ReturnType<typeof setTimeout> | undefined;
  #broken = false;
  #closed = false;

  constructor(ports: StreamPorts) {
    this.#ports = ports;
  }

  start(): void {
    if (this.#closed) return;
    const query = this.#lastId ? `?lastEventId=${encodeURIComponent(this.#lastId)}` : "";
    const source = this.#ports.open(`/api/stream${query}`);
    this.#source = source;
    source.onopen = () => {
      this.#pause = FIRST_PAUSE;
      this.#ports.onLiveness("live");
      if (this.#broken) this.#ports.onReturn();
      this.#broken = false;
    };
    source.onerror = () => {
      this.#broken = true;
      this.#ports.onLiveness("reconnecting");
      if (source.readyState === 2) this.#again();
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.#take(name, event);
      });
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#flush);
    this.#source?.close();
  }

  #again(): void {
    this.#source?.close();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.start();
    }, this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }

  #take(name: Name, event: MessageEvent<string>): void {
    if (event.lastEventId) this.#lastId = event.lastEventId;
    this.#gathered.push({ name, data: JSON.parse(event.data) as unknown } as LiveEvent);
    this.#flush ??= setTimeout(() => {
      const events = this.#gathered;
      this.#gathered = [];
      this.#flush = undefined;
      this.#ports.onEvents(events);
    }, GATHER);
  }
}
