import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, createContext, useContext, useEffect, useState } from "react";
import { LiveCache } from "./apply";
import { LiveStream, type Liveness } from "./stream";

const Live = createContext<Liveness>("connecting");

/** Keeps what the page has read current, as long as the page is open. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>("connecting");
  useEffect(() => {
    const cache = new LiveCache(client);
    const stream = new LiveStream({
      open: url => new EventSource(url),
      onEvents: events => {
        cache.apply(events);
      },
      onLiveness: setLiveness,
      onReturn: () => {
        cache.refresh();
      },
    });
    stream.start();
    return () => {
      stream.close();
      cache.close();
    };
  }, [client]);
  return <Live value={liveness}>{children}</Live>;
}

export const useLiveness = () => useContext(Live);
