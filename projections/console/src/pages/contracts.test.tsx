import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ContractsPage } from "./ContractsPage";

const PAYMENT = `0x${"ab".repeat(20)}`;

function show(status: number, body: unknown) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <ContractsPage />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe("the contracts", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("should stand with what they hold, and with their interfaces where those are published", async () => {
    show(200, {
      chainId: 31337,
      deploymentBlock: 2,
      items: [
        { name: "PaymentProvider", address: PAYMENT, abi: true },
        { name: "SupplyProvider", address: `0x${"cd".repeat(20)}`, abi: false },
      ],
    });
    expect(await screen.findByText("Channels: deposits, redemptions, credit")).toBeDefined();
    expect(screen.getByText("31337")).toBeDefined();
    expect(screen.getByRole("link", { name: "ABI" }).getAttribute("href")).toBe(
      "/api/contracts/PaymentProvider/abi",
    );
    expect(screen.getByText("not published")).toBeDefined();
  });

  it("should say what to do when nobody told where they are", async () => {
    show(503, { title: "Cannot answer now", detail: "not told", remedy: "Set CREMA_CONTRACTS." });
    expect(await screen.findByText(/Set CREMA_CONTRACTS\./)).toBeDefined();
  });
});
