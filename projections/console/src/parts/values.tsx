import { CopyButton, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { queries } from "../api/queries";
import type { MachineRef, MachineState, Party, Token } from "../api/types";
import { money } from "../format/amount";
import { ago, moment, utc } from "../format/time";
import { partyName, shortId, stateWord } from "../format/words";
import { useNow } from "../live/useNow";
import { Status, type Tone } from "./Status";
import css from "./values.module.css";

const UNKNOWN_TOKEN: Token = { symbol: "units", decimals: 0 };

/** The token that all amounts are in; smallest units until the server has named it. */
export function useToken(): Token {
  return useQuery({ ...queries.overview(), select: overview => overview.token }).data ?? UNKNOWN_TOKEN;
}

export function Money({ amount }: { amount: string }) {
  return <span className="numeric">{money(amount, useToken())}</span>;
}

/** A time in the reader's zone, UTC when pointed at. */
export function Time({ at, relative = false }: { at: string | null; relative?: boolean }) {
  const now = useNow();
  if (at === null) return <span className={css.none}>never</span>;
  const local = moment(at, now);
  return (
    <time dateTime={at} title={relative ? `${local} · ${utc(at)}` : utc(at)} className="numeric">
      {relative ? ago(at, now) : local}
    </time>
  );
}

/** A shortened id that can be copied whole. */
export function Id({ value, what }: { value: string; what: string }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <UnstyledButton className={css.id} title={`${value} (click to copy)`} onClick={copy}>
          {copied ? "copied" : shortId(value)}
          <span className="visually-hidden">, copy the {what}</span>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}

export function PartyLink({ party }: { party: Party | null }) {
  return party === null ? (
    <None>unknown</None>
  ) : (
    <Link to={`/customers/${party.address}`} title={party.address}>
      {partyName(party)}
    </Link>
  );
}

export function PartyText({ party }: { party: Party | null }) {
  return party === null ? <None>unknown</None> : <span title={party.address}>{partyName(party)}</span>;
}

export function MachineLink({ machine }: { machine: Pick<MachineRef, "id" | "label"> | null }) {
  return machine === null ? (
    <None>unknown</None>
  ) : (
    <Link to={`/machines/${machine.id}`} title={machine.id}>
      {machine.label}
    </Link>
  );
}

const TONES: Record<MachineState, Tone> = {
  serving: "good",
  ready: "idle",
  faulty: "bad",
  silent: "warn",
  unknown: "idle",
};

export function MachineStatus({ state }: { state: MachineState }) {
  return (
    <Status tone={TONES[state]} pulse={state === "serving"}>
      {stateWord(state)}
    </Status>
  );
}

/** Stands where there is nothing. */
export function None({ children = "–" }: { children?: ReactNode }) {
  return <span className={css.none}>{children}</span>;
}

/** A second, quieter line. */
export function Sub({ children }: { children: ReactNode }) {
  return <span className={css.sub}>{children}</span>;
}
