import { hashKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queries } from "../api/queries";
import type { Overview } from "../api/types";

const KEPT = 90;

export type Sample = Pick<Overview, "redeemed" | "outstanding" | "waiting" | "position">;

/** What the overview said since the page was opened, for figures that the API gives no past of. */
export function useHistory(): readonly Sample[] {
  const client = useQueryClient();
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    const key = queries.overview().queryKey;
    const take = () => {
      const next = client.getQueryData(key);
      if (!next) return;
      setSamples(list => (list.at(-1)?.position === next.position ? list : [...list, next].slice(-KEPT)));
    };
    take();
    return client.getQueryCache().subscribe(event => {
      if (event.type === "updated" && event.query.queryHash === hashKey(key)) take();
    });
  }, [client]);
  return samples;
}
