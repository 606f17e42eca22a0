import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { Mark } from "./Status";
import css from "./Answered.module.css";

type Props<T> = {
  query: UseQueryResult<T>;
  /** How high the place is kept while nothing is there yet. */
  height?: number;
  children: (data: T) => ReactNode;
};

/** What a query answered; until then a grey shape, and if it fails what happened and what to do. */
export function Answered<T>({ query, height = 160, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />;
  return (
    <div role="status">
      <span className="visually-hidden">Loading</span>
      <Skeleton height={height} radius={8} />
    </div>
  );
}

export function Failure({ error, again }: { error: Error; again: () => void }) {
  return (
    <div role="alert" className={css.failure}>
      <Mark tone="bad" size={12} />
      <div>
        <p className={css.what}>{error.message}</p>
        <p className={css.remedy}>{error instanceof ApiError ? error.remedy : "Load the page again."}</p>
        <Button size="compact-sm" variant="default" onClick={again}>
          Try again
        </Button>
      </div>
    </div>
  );
}

/** Says what will appear here, and when. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={css.empty}>{children}</p>;
}
