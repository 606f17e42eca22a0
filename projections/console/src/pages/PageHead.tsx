import type { ReactNode } from "react";
import { Link } from "react-router";
import css from "./pages.module.css";

/** The head of a detail page: the way back, its name, what it is. */
export function PageHead({
  title,
  status,
  children,
}: {
  title: string;
  status?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={css.head}>
      <title>{`Crema: ${title}`}</title>
      <nav aria-label="Way back">
        <Link to="/">← Overview</Link>
      </nav>
      <h1 className={css.title}>
        {title} {status && <span className={css.status}>{status}</span>}
      </h1>
      {children && <p className={css.lead}>{children}</p>}
    </div>
  );
}

/** Facts with their names, side by side. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
