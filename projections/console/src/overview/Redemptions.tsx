import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries";
import type { Redemption, Token } from "../api/types";
import { money, sum } from "../format/amount";
import { ago } from "../format/time";
import { count, partyName } from "../format/words";
import { useNow } from "../live/useNow";
import { Answered, Empty } from "../parts/Answered";
import { RedemptionTable } from "../parts/RedemptionTable";
import { Section } from "../parts/Section";

/** What has been paid out on chain, and when? */
export function Redemptions() {
  const query = useQuery(queries.redemptions());
  const overview = useQuery(queries.overview()).data;
  const now = useNow();
  return (
    <Section
      id="redemptions"
      title="Redemptions"
      question="What has been paid out on chain, and when?"
      answer={query.data && overview && sentence(query.data.items, overview.redeemed, overview.token, now)}
    >
      <Answered query={query} height={260}>
        {page =>
          page.items.length === 0 ? (
            <Empty>
              A redemption appears here when a channel owes enough, or for long enough, to be worth a
              transaction; it then shows how much was paid, to whom, and in which transaction.
            </Empty>
          ) : (
            <RedemptionTable redemptions={page.items} />
          )
        }
      </Answered>
    </Section>
  );
}

/** Answers the question from the newest redemptions: the total, the newest transaction, what is under way. */
export function sentence(
  redemptions: readonly Redemption[],
  redeemed: string,
  token: Token,
  now: Date,
): string {
  const newest = redemptions.find(one => one.status === "confirmed" && one.time !== null);
  const pending = redemptions.filter(one => one.status === "pending").length;
  const failed = redemptions.filter(one => one.status === "failed").length;
  const parts: string[] = [];
  if (newest?.time == null) {
    parts.push("Nothing has been paid out on chain yet.");
  } else {
    const together = redemptions.filter(
      one =>
        one.status === "confirmed" &&
        one.transactionHash === newest.transactionHash &&
        one.payee?.address === newest.payee?.address,
    );
    const paid = money(sum(together.map(one => one.amount)), token);
    parts.push(`${money(redeemed, token)} paid out so far.`);
    parts.push(`The newest payment, ${ago(newest.time, now)}, was ${paid} to ${partyName(newest.payee)}.`);
  }
  if (pending > 0) parts.push(`${count(pending, "redemption")} ${pending === 1 ? "is" : "are"} on the way.`);
  if (failed > 0) parts.push(`${count(failed, "redemption")} failed.`);
  return parts.join(" ");
}
