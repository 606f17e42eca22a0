import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import { Link, Outlet, useLocation } from "react-router";
import { ZONE } from "./format/time";
import { useLiveness } from "./live/LiveProvider";
import { Status } from "./parts/Status";
import css from "./Frame.module.css";

const LIVENESS = {
  connecting: { tone: "idle", text: "Connecting…" },
  live: { tone: "good", text: "Live" },
  reconnecting: { tone: "warn", text: "Reconnecting…" },
} as const;

/** What surrounds every page: name, ways to its parts, whether it is live, light or dark. */
export function Frame() {
  const { pathname, hash } = useLocation();
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
    else window.scrollTo(0, 0);
  }, [pathname, hash]);
  return (
    <>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      <header className={css.header}>
        <div className={css.bar}>
          <Link to="/" className={css.brand} aria-label="Crema, to the overview">
            <img src="/icon.svg" alt="" width={26} height={26} />
            <span>Crema</span>
          </Link>
          <nav className={css.nav} aria-label="Parts of the overview">
            <Link to="/#machines">Machines</Link>
            <Link to="/#customers">Customers</Link>
            <Link to="/#redemptions">Redemptions</Link>
            <Link to="/#services">Service</Link>
            <Link to="/#problems">Problems</Link>
          </nav>
          <div className={css.tools}>
            <LiveMark />
            <SchemeSwitch />
          </div>
        </div>
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={css.footer}>
        Times are in your time zone ({ZONE}); point at one to see it in UTC. Days run from midnight to
        midnight UTC. Amounts are exact. <Link to="/contracts">The contracts and their addresses</Link>
      </footer>
    </>
  );
}

function LiveMark() {
  const { tone, text } = LIVENESS[useLiveness()];
  return (
    <div role="status" className={css.live} title="Whether changes reach this page as they happen">
      <Status tone={tone} pulse={tone === "good"}>
        {text}
      </Status>
    </div>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Change to ${other} colours`}
      title={`Change to ${other} colours`}
      onClick={() => {
        setColorScheme(other);
      }}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </ActionIcon>
  );
}
