import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../api/client";
import { queries } from "../api/queries";
import type { Health, HealthState } from "../api/types";
import { number } from "../format/words";
import { Mark, type Tone } from "../parts/Status";
import css from "./HealthStrip.module.css";

const TONES: Record<HealthState, Tone> = { up: "good", lagging: "warn", stuck: "bad" };
const TITLES: Record<HealthState, string> = {
  up: "The system is healthy.",
  lagging: "The system works, but something lags.",
  stuck: "Something is stuck.",
};
const WORDS: Record<HealthState, string> = { up: "well", lagging: "lagging", stuck: "stuck" };
const PARTS: Record<string, string> = {
  log: "Log",
  database: "Database",
  readModels: "Read models",
  balances: "Balances",
  chainWatcher: "Chain watcher",
  settlement: "Settlement",
  machines: "Machines",
};

/** Is the system healthy? In one line, part by part when asked. */
export function HealthStrip() {
  const { data, error } = useQuery(queries.health());
  if (error) {
    const remedy = error instanceof ApiError ? error.remedy : "";
    return <Strip tone="bad" title="The server does not answer." sentence={remedy} />;
  }
  if (!data) return <Strip tone="idle" title="Asking how the system is…" sentence="" />;
  return (
    <Strip tone={TONES[data.state]} title={TITLES[data.state]} sentence={data.sentence}>
      <Parts health={data} />
    </Strip>
  );
}

function Strip(props: { tone: Tone; title: string; sentence: string; children?: React.ReactNode }) {
  return (
    <section className={`${css.strip ?? ""} ${css[props.tone] ?? ""}`} aria-label="Health of the system">
      <p className={css.sentence}>
        <Mark tone={props.tone} size={13} />
        <strong>{props.title}</strong> <span>{props.sentence}</span>
      </p>
      {props.children}
    </section>
  );
}

function Parts({ health }: { health: Health }) {
  const lag = health.topics.reduce((all, topic) => all + topic.lag, 0);
  return (
    <details className={css.details}>
      <summary>
        {health.parts.map(part => (
          <span key={part.name} className={css.part}>
            <Mark tone={TONES[part.state]} size={8} />
            {PARTS[part.name] ?? part.name}
            <span className="visually-hidden">: {WORDS[part.state]}. </span>
          </span>
        ))}
        <span className={css.more}>Details</span>
      </summary>
      <dl className={css.parts}>
        {health.parts.map(part => (
          <div key={part.name}>
            <dt>
              <Mark tone={TONES[part.state]} /> {PARTS[part.name] ?? part.name}: {WORDS[part.state]}
            </dt>
            <dd>{part.sentence}</dd>
          </div>
        ))}
      </dl>
      <p className={css.topics}>
        {lag === 0
          ? "Everything in the log is on this page."
          : `${number(lag)} records of the log are not on this page yet.`}{" "}
        {health.topics
          .filter(topic => topic.lag > 0)
          .map(topic => `${topic.topic}: ${number(topic.lag)}`)
          .join(", ")}
      </p>
    </details>
  );
}
