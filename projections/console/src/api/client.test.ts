import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, address, get } from "./client";

describe("the API's client", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("should put parameters into path and query", () => {
    expect(
      address("/api/machines/{id}/hours", { id: "0x1", from: "2026-11-23T00:00:00Z", to: undefined }),
    ).toBe("/api/machines/0x1/hours?from=2026-11-23T00%3A00%3A00Z");
  });

  it("should say what was refused and what to do", async () => {
    const problem = { detail: "limit is 900, expected 1 to 500", remedy: "Ask for at most 500." };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(problem), { status: 400 })));
    const error = await get("/api/machines").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, message: problem.detail, remedy: problem.remedy });
  });

  it("should stay readable when the answer is no problem document", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response("<html>", { status: 502, statusText: "Bad Gateway" })),
    );
    await expect(get("/api/machines")).rejects.toThrow("The server answered 502 Bad Gateway.");
  });
});
