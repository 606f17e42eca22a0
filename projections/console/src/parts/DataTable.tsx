import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import css from "./DataTable.module.css";

export type Column<T> = {
  head: string;
  cell: (item: T) => ReactNode;
  /** Figures stand at the right, under each other. */
  end?: boolean;
};

type Props<T> = {
  /** For those who hear the page. */
  caption: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  rowKey: (item: T) => string;
  /** How many rows are shown before somebody asks for all. */
  first?: number;
  things: string;
};

/** A table; on a narrow screen each row is a card with its heads beside its cells. */
export function DataTable<T>({ caption, columns, items, rowKey, first = 10, things }: Props<T>) {
  const [all, setAll] = useState(false);
  const narrow = useMediaQuery("(max-width: 760px)");
  const limit = narrow ? Math.ceil(first / 2) : first;
  const shown = all ? items : items.slice(0, limit);
  // The roles repeat what the elements are: as cards on a narrow screen they would lose it otherwise.
  /* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
  return (
    <>
      <div className={css.scroll}>
        <table className={css.table} role="table">
          <caption className="visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(column => (
                <th
                  key={column.head}
                  role="columnheader"
                  scope="col"
                  className={column.end ? css.end : undefined}
                >
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map(item => (
              <tr key={rowKey(item)} role="row">
                {columns.map(column => (
                  <td
                    key={column.head}
                    role="cell"
                    data-head={column.head}
                    className={column.end ? `${css.end ?? ""} numeric` : undefined}
                  >
                    <span>{column.cell(item)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {items.length > limit && (
        <Button
          className={css.more}
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? `Show the first ${limit} ${things}` : `Show all ${items.length} ${things}`}
        </Button>
      )}
    </>
  );
  /* eslint-enable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
}
