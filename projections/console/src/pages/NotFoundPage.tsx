import { Link, useLocation } from "react-router";
import { PageHead } from "./PageHead";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <PageHead title="There is no such page">
      {pathname} leads nowhere. Machines, customers and channels are all reached from the{" "}
      <Link to="/">overview</Link>.
    </PageHead>
  );
}
