import type { ReactNode } from "react";
import css from "./Status.module.css";

export type Tone = "good" | "warn" | "bad" | "idle";

/** A state in words with a mark whose shape, not only its colour, tells it apart. */
export function Status({
  tone,
  pulse = false,
  children,
}: {
  tone: Tone;
  pulse?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={`${css.status ?? ""} ${css[tone] ?? ""}`}>
      <Mark tone={tone} pulse={pulse} />
      <span>{children}</span>
    </span>
  );
}

/** Disc = good, triangle = look, square = act, ring = nothing to tell. */
export function Mark({ tone, pulse = false, size = 10 }: { tone: Tone; pulse?: boolean; size?: number }) {
  return (
    <svg
      className={`${css.mark ?? ""} ${css[tone] ?? ""} ${pulse ? (css.pulse ?? "") : ""}`}
      width={size}
      height={size}
      viewBox="0 0 10 10"
      aria-hidden="true"
    >
      {tone === "good" && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {tone === "warn" && <path d="M5 .5 9.8 9.5H.2z" fill="currentColor" />}
      {tone === "bad" && <rect x=".7" y=".7" width="8.6" height="8.6" rx="1" fill="currentColor" />}
      {tone === "idle" && (
        <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
    </svg>
  );
}
