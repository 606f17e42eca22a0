import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import type { IncomingMessage, ServerResponse } from "node:http";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { handler } from "../../dev/plugin";
import { World } from "../../dev/world";
import { OverviewPage } from "./OverviewPage";

vi.mock("../charts/Chart", () => ({
  default: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const NOON = new Date("2026-11-23T12:00:30Z");

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <OverviewPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** What the fixtures answer, without a server. */
function answered(serve: ReturnType<typeof handler>, url: string): Promise<Response> {
  return new Promise(resolve => {
    const response = {
      statusCode: 200,
      setHeader: () => undefined,
      end(body: string) {
        resolve(new Response(body, { status: this.statusCode }));
      },
    };
    serve({ url } as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  });
}

describe("the overview", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("should answer the five questions in sentences", async () => {
    const serve = handler(new World(NOON.getTime()));
    vi.stubGlobal("fetch", (url: string) => answered(serve, url));
    show();
    expect(await screen.findByText(/^\d of 8 machines (is|are) serving\./)).toBeDefined();
    expect(await screen.findByText(/^Today, Mon, 23 Nov 2026, 4 customers spent/)).toBeDefined();
    expect(
      await screen.findByText(/paid out so far\. The newest payment, .* to Bergamo Espresso Works\./),
    ).toBeDefined();
    expect(await screen.findByText(/^1 error and 3 warnings/)).toBeDefined();
    expect(await screen.findByText("The system works, but something lags.")).toBeDefined();
  });

  it("should say what to do when the server is away", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    show();
    await waitFor(() => {
      expect(screen.getAllByText("The server does not answer.").length).toBeGreaterThan(3);
    });
    expect(screen.getAllByText(/Check that the service projections runs/).length).toBeGreaterThan(3);
  });

  it("should show the server's own words when it refuses", async () => {
    const problem = {
      type: "about:blank",
      title: "Unavailable",
      status: 503,
      detail: "The database is away.",
      remedy: "Start it.",
    };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(problem), { status: 503 })));
    show();
    expect((await screen.findAllByText("The database is away.")).length).toBeGreaterThan(0);
    expect((await screen.findAllByText("Start it.")).length).toBeGreaterThan(0);
  });

  it("should say what will appear while there is nothing", async () => {
    const empty = { items: [], next: null, sentence: "Nothing is stuck or refused." };
    vi.stubGlobal("fetch", (url: string) =>
      Promise.resolve(
        /health|overview/.test(url)
          ? new Response("{}", { status: 503 })
          : new Response(JSON.stringify(empty), { status: 200 }),
      ),
    );
    show();
    expect(await screen.findByText("Nothing is stuck or refused.")).toBeDefined();
    expect(
      await screen.findByText(/A machine appears here as soon as its rental is concluded/),
    ).toBeDefined();
    expect(await screen.findByText("No machine has asked for service.")).toBeDefined();
  });
});
