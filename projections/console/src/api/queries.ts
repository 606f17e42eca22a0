import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "./client";

/** How many items of each list the console keeps. */
export const LIST = 100;
export const FEED = 40;

/** What the stream keeps current is also read again now and then, in case nothing happens and time alone passes. */
const SLOWLY = 20_000;
const STEADILY = 5_000;

export const queries = {
  overview: () =>
    queryOptions({
      queryKey: ["overview"],
      queryFn: ({ signal }) => get("/api/overview", {}, signal),
      refetchInterval: 10_000,
    }),
  health: () =>
    queryOptions({
      queryKey: ["health"],
      queryFn: ({ signal }) => get("/api/health", {}, signal),
      refetchInterval: STEADILY,
      retry: false,
    }),
  contracts: () =>
    queryOptions({
      queryKey: ["contracts"],
      queryFn: ({ signal }) => get("/api/contracts", {}, signal),
      staleTime: Infinity,
    }),
  machines: () =>
    queryOptions({
      queryKey: ["machines"],
      queryFn: ({ signal }) => get("/api/machines", { limit: 500 }, signal),
      refetchInterval: SLOWLY,
    }),
  machine: (id: string) =>
    queryOptions({
      queryKey: ["machine", id],
      queryFn: ({ signal }) => get("/api/machines/{id}", { id }, signal),
      refetchInterval: SLOWLY,
    }),
  hours: (id: string, from?: string, to?: string) =>
    queryOptions({
      queryKey: ["hours", id, from ?? null, to ?? null],
      queryFn: ({ signal }) => get("/api/machines/{id}/hours", { id, from, to }, signal),
      placeholderData: keepPreviousData,
      refetchInterval: SLOWLY,
    }),
  channels: (customer?: string) =>
    queryOptions({
      queryKey: ["channels", customer ?? null],
      queryFn: ({ signal }) => get("/api/channels", { limit: LIST, customer }, signal),
      refetchInterval: SLOWLY,
    }),
  channel: (id: string) =>
    queryOptions({
      queryKey: ["channel", id],
      queryFn: ({ signal }) => get("/api/channels/{id}", { id }, signal),
      refetchInterval: SLOWLY,
    }),
  customers: () =>
    queryOptions({
      queryKey: ["customers"],
      queryFn: ({ signal }) => get("/api/customers", { limit: LIST }, signal),
      refetchInterval: SLOWLY,
    }),
  days: (address: string) =>
    queryOptions({
      queryKey: ["days", address],
      queryFn: ({ signal }) => get("/api/customers/{address}/days", { address }, signal),
      placeholderData: keepPreviousData,
    }),
  redemptions: () =>
    queryOptions({
      queryKey: ["redemptions"],
      queryFn: ({ signal }) => get("/api/redemptions", { limit: LIST }, signal),
      refetchInterval: SLOWLY,
    }),
  services: () =>
    queryOptions({
      queryKey: ["services"],
      queryFn: ({ signal }) => get("/api/services", { limit: LIST }, signal),
      refetchInterval: SLOWLY,
    }),
  problems: () =>
    queryOptions({
      queryKey: ["problems"],
      queryFn: ({ signal }) => get("/api/problems", {}, signal),
      refetchInterval: STEADILY,
    }),
  sales: () =>
    queryOptions({
      queryKey: ["sales"],
      queryFn: ({ signal }) => get("/api/sales", { limit: FEED }, signal),
    }),
};
