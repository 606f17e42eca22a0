import type { paths } from "../../target/schema";
import type { Answer, HttpProblem } from "./types";

/** A request that failed: what happened, and what to do about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly remedy: string;

  constructor(status: number, message: string, remedy: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.remedy = remedy;
  }
}

type Parameters = Record<string, string | number | boolean | undefined>;

/**
 * Reads a path of openapi.yaml. Parameters that the path names in braces go into it, the others into the query.
 * @throws ApiError also when the server cannot be reached (status 0)
 */
export async function get<P extends keyof paths>(
  path: P,
  parameters: Parameters = {},
  signal?: AbortSignal,
): Promise<Answer<P>> {
  let answer: Response;
  try {
    answer = await fetch(address(path, parameters), {
      headers: { accept: "application/json" },
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      "The server does not answer.",
      "Check that the service projections runs; this page tries again by itself.",
    );
  }
  if (!answer.ok) throw await refusal(answer);
  return (await answer.json()) as Answer<P>;
}

export function address(path: string, parameters: Parameters): string {
  const rest = new URLSearchParams();
  let filled = path;
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    const place = `{${name}}`;
    if (filled.includes(place)) filled = filled.replace(place, encodeURIComponent(String(value)));
    else rest.set(name, String(value));
  }
  const query = rest.toString();
  return query ? `${filled}?${query}` : filled;
}

async function refusal(answer: Response): Promise<ApiError> {
  const problem = (await answer.json().catch(() => ({}))) as Partial<HttpProblem>;
  return new ApiError(
    answer.status,
    problem.detail ?? problem.title ?? `The server answered ${answer.status} ${answer.statusText}.`,
    problem.remedy ?? "Try again in a moment; if it stays, see the log of the service projections.",
  );
}
