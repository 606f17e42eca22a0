import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries";
import type { Overview } from "../api/types";
import { decimal, height, money } from "../format/amount";
import { day } from "../format/time";
import { count, number } from "../format/words";
import { type Sample, useHistory } from "../live/useHistory";
import { Answered } from "../parts/Answered";
import { Sparkline } from "../parts/Sparkline";
import css from "./Figures.module.css";

/** Cups, revenue, what is paid out, owed and waiting. */
export function Figures() {
  const query = useQuery(queries.overview());
  const history = useHistory();
  return (
    <section aria-label="Key figures">
      <Answered query={query} height={128}>
        {overview => <Tiles overview={overview} history={history} />}
      </Answered>
    </section>
  );
}

function Tiles({ overview, history }: { overview: Overview; history: readonly Sample[] }) {
  const { token } = overview;
  const past = (of: (sample: Sample) => string) => history.map(sample => height(of(sample), token.decimals));
  const latest = overview.today.cups > 0 ? overview.today : overview.newestDay;
  const when =
    latest === overview.today ? "today" : latest ? `on ${day(latest.day)}, the newest day with sales` : "";
  return (
    <dl className={css.tiles}>
      <Tile
        name="Cups"
        value={number(overview.cups)}
        note={latest ? `${number(latest.cups)} ${when}` : "none sold yet"}
        line={overview.minutes.map(minute => minute.cups)}
      />
      <Tile
        name="Revenue"
        value={<Figure amount={overview.revenue} overview={overview} />}
        note={latest ? `${money(latest.revenue, token)} ${when}` : "the sum of all accepted receipts"}
        line={overview.minutes.map(minute => height(minute.revenue, token.decimals))}
      />
      <Tile
        name="Paid out on chain"
        value={<Figure amount={overview.redeemed} overview={overview} />}
        note={`in ${count(overview.transactions.confirmed, "transaction")}${overview.transactions.pending > 0 ? `, ${number(overview.transactions.pending)} on the way` : ""}`}
        line={past(sample => sample.redeemed)}
      />
      <Tile
        name="Outstanding"
        value={<Figure amount={overview.outstanding} overview={overview} />}
        note="accepted, not yet paid out"
        line={past(sample => sample.outstanding)}
      />
      <Tile
        name="Waiting"
        value={<Figure amount={overview.waiting.amount} overview={overview} />}
        note={
          overview.waiting.receipts === 0
            ? "no receipt is set aside"
            : `${count(overview.waiting.receipts, "receipt")} set aside for want of credit or order`
        }
        line={past(sample => sample.waiting.amount)}
      />
    </dl>
  );
}

function Figure({ amount, overview }: { amount: string; overview: Overview }) {
  return (
    <>
      {decimal(amount, overview.token.decimals)} <span className={css.symbol}>{overview.token.symbol}</span>
    </>
  );
}

function Tile(props: { name: string; value: ReactNode; note: string; line: readonly number[] }) {
  return (
    <div className={css.tile}>
      <dt className={css.name}>{props.name}</dt>
      <dd className={`${css.value ?? ""} numeric`}>{props.value}</dd>
      <dd className={css.foot}>
        <span className={css.note}>{props.note}</span>
        <Sparkline values={props.line} />
      </dd>
    </div>
  );
}
