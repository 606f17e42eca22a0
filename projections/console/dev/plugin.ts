import type { IncomingMessage, ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";
import { type Cast, customers, machines } from "./cast.ts";
import { problems } from "./problems.ts";
import { World } from "./world.ts";

const HOUR = 3_600_000;
const CONTRACTS = {
  chainId: 31337,
  deploymentBlock: 2,
  items: [
    "IdentityProvider",
    "PaymentProvider",
    "RentalProvider",
    "MaintenanceProvider",
    "SupplyProvider",
  ].map((name, i) => ({ name, address: `0x${String(i + 1).repeat(40)}`, abi: i < 4 })),
};

/** Answers /api with a made-up fleet that moves, so that the page can be worked on without the backend. */
export function fixtures(): Plugin {
  const serve = (middlewares: Connect.Server) => {
    middlewares.use(handler());
  };
  return {
    name: "crema-fixtures",
    configureServer: server => {
      serve(server.middlewares);
    },
    configurePreviewServer: server => {
      serve(server.middlewares);
    },
  };
}

/** The API over a world of its own; /api/stream moves it. */
export function handler(world: World = new World(Date.now())): Connect.NextHandleFunction {
  const listeners = new Set<ServerResponse>();
  const tell = (name: string, data: unknown) => {
    for (const one of listeners)
      one.write(`event: ${name}\nid: p${Date.now()}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  let turns = 0;
  const turn = setInterval(() => {
    const now = Date.now();
    turns++;
    for (let cup = 0; cup < 1 + (turns % 3); cup++) {
      const { sale, cast } = world.sellSomewhere(now);
      tell("sale", sale);
      tell("machine", world.machine(cast, now));
      tell("balance", world.channel(cast, now));
    }
    if (turns % 40 === 0) for (const one of world.redeemAll(now, now)) tell("redemption", one);
    tell("overview", world.overview(now));
  }, 2000);
  turn.unref();
  return (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://fixtures");
    if (url.pathname === "/api/stream") {
      follow(request, response, listeners);
    } else if (url.pathname.startsWith("/api/")) {
      const body = answer(world, url);
      response.statusCode = body === undefined ? 404 : 200;
      response.setHeader(
        "content-type",
        body === undefined ? "application/problem+json" : "application/json",
      );
      response.end(JSON.stringify(body ?? unknown(url.pathname)));
    } else {
      next();
    }
  };
}

function follow(request: IncomingMessage, response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 1000\n\n");
  listeners.add(response);
  request.on("close", () => listeners.delete(response));
}

function answer(world: World, url: URL): unknown {
  const now = Date.now();
  const [, , name = "", id = "", part = ""] = url.pathname.split("/");
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const page = (items: unknown[]) => ({ items: items.slice(0, limit), next: null });
  const cast = machines.find(one => one.ref.id === id);
  const channel = machines.find(one => one.channel === id);
  switch (`${name}${id ? "/id" : ""}${part ? `/${part}` : ""}`) {
    case "health":
      return world.health(now);
    case "contracts":
      return CONTRACTS;
    case "overview":
      return world.overview(now);
    case "machines":
      return page(machines.map(one => world.machine(one, now)));
    case "machines/id":
      return cast && world.detail(cast, now);
    case "machines/id/hours":
      return cast && hours(world, cast, url.searchParams, now);
    case "channels": {
      const customer = url.searchParams.get("customer");
      return page(
        machines
          .filter(one => !customer || one.customer.address === customer)
          .map(one => world.channel(one, now)),
      );
    }
    case "channels/id":
      return (
        channel && {
          ...world.channel(channel, now),
          openedAt: new Date(now - 220 * HOUR).toISOString(),
          periodMinutes: 2880,
          deposits: [],
          redemptions: world.redemptions.filter(one => one.channel === id),
          sales: world.sales.filter(one => one.channel === id).slice(0, 20),
        }
      );
    case "customers":
      return page(customers.map(one => world.customer(one.address, now)));
    case "customers/id/days": {
      const customer = customers.find(one => one.address === id);
      return customer && { customer, items: world.days(id) };
    }
    case "redemptions":
      return page(world.redemptions);
    case "services":
      return page(world.services);
    case "sales":
      return page(world.sales);
    case "problems":
      return {
        items: problems(now),
        sentence: "1 error and 3 warnings.",
      };
    default:
      return undefined;
  }
}

function hours(world: World, cast: Cast, query: URLSearchParams, now: number) {
  const to = query.get("to") ?? new Date(Math.ceil(now / HOUR) * HOUR).toISOString();
  const from = query.get("from") ?? new Date(Date.parse(to) - 48 * HOUR).toISOString();
  return { machine: cast.ref, from, to, items: world.hours(cast, from, to) };
}

function unknown(path: string) {
  return {
    type: "about:blank",
    title: "Not found",
    status: 404,
    detail: `Nothing is known of ${path}.`,
    remedy: "Check the address; it may also appear in a moment.",
  };
}
