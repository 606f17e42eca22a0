import type { Channel } from "../api/types";
import { money, share } from "../format/amount";
import { useToken } from "./values";
import css from "./BalanceBar.module.css";

/** A channel's deposit as a bar: paid out, owed, left. */
export function BalanceBar({ channel }: { channel: Channel }) {
  const token = useToken();
  const parts = [
    { name: "Paid out", amount: channel.redeemed, style: css.redeemed },
    { name: "Accepted, not yet paid out", amount: channel.outstanding, style: css.outstanding },
    { name: "Credit left", amount: channel.credit, style: css.credit },
  ];
  return (
    <div>
      <div className={css.bar} aria-hidden="true">
        {parts.map(part => (
          <div
            key={part.name}
            className={part.style}
            style={{ flexGrow: share(part.amount, channel.deposited) }}
          />
        ))}
      </div>
      <dl className={css.legend}>
        {parts.map(part => (
          <div key={part.name}>
            <dt>
              <span className={`${css.swatch ?? ""} ${part.style ?? ""}`} aria-hidden="true" />
              {part.name}
            </dt>
            <dd className="numeric">{money(part.amount, token)}</dd>
          </div>
        ))}
        <div>
          <dt>Deposited</dt>
          <dd className="numeric">{money(channel.deposited, token)}</dd>
        </div>
      </dl>
    </div>
  );
}
