import { Customers } from "./Customers";
import { Feed } from "./Feed";
import { Figures } from "./Figures";
import { HealthStrip } from "./HealthStrip";
import { Machines } from "./Machines";
import { MachineHours } from "./MachineHours";
import { Minutes } from "./Minutes";
import { Problems } from "./Problems";
import { Redemptions } from "./Redemptions";
import { Services } from "./Services";
import css from "./OverviewPage.module.css";

/** The whole fleet on one page: each part answers one question. */
export function OverviewPage() {
  return (
    <>
      <title>Crema: overview</title>
      <h1 className="visually-hidden">Overview of the fleet</h1>
      <div className={css.page}>
        <HealthStrip />
        <Figures />
        <Problems />
        <div className={css.wide}>
          <Minutes />
          <Feed />
        </div>
        <Machines />
        <div className={css.pair}>
          <Customers />
          <MachineHours />
        </div>
        <Redemptions />
        <Services />
      </div>
    </>
  );
}
