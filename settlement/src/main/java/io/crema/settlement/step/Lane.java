package io.crema.settlement.step;

import io.crema.chain.transactions.AccountSender;
import io.crema.chain.transactions.Action;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.StepReport;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.settlement.AccountStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One sending account: its transactions, and what it can pay. Not thread-safe. */
final class Lane {
    private static final BigInteger FEW = BigInteger.TEN;

    final AccountSender sender;
    final StepRecords records;
    private final Map<List<Hash>, Call> displaced = new LinkedHashMap<>();
    private final Set<Hash> toldAsSent = new HashSet<>();
    private Optional<BigInteger> balance = Optional.empty();
    private BigInteger costliest = BigInteger.ZERO;
    private Optional<StepReport> newest = Optional.empty();

    Lane(AccountSender sender, StepRecords records, List<Call> displaced) {
        this.sender = sender;
        this.records = records;
        displaced.forEach(this::displace);
    }

    Address account() {
        return sender.account();
    }

    int open() {
        return sender.state().open().size();
    }

    /** Calls whose nonce another transaction took: they are prepared anew here, before anything else. */
    List<Call> displaced() {
        return new ArrayList<>(displaced.values());
    }

    void displace(Call call) {
        if (!call.isFiller()) {
            displaced.put(call.intents(), call);
        }
    }

    /** How many calls more it may open. */
    int room(int most) {
        return most - open() - displaced.size();
    }

    /** What its open transactions may still cost, in wei. */
    BigInteger committed() {
        return sender.state().open().values().stream()
                .map(transaction -> transaction
                        .newest()
                        .fees()
                        .max()
                        .multiply(BigInteger.valueOf(transaction.call().gasLimit())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    void holds(BigInteger wei) {
        balance = Optional.of(wei);
    }

    void mayPay(BigInteger cost) {
        costliest = costliest.max(cost);
    }

    /** One step of the account. */
    StepReport step(List<Call> calls, Instant now) {
        var report = sender.step(calls, now);
        newest = Optional.of(report);
        return report;
    }

    /** Nothing to do: what kept it from working is over. */
    void rest() {
        newest = Optional.empty();
    }

    void prepared(Call call) {
        displaced.remove(call.intents());
    }

    /** The step to publish for the first time that a node holds this version. */
    Optional<io.crema.events.TransactionStep> sent(StepReport.Broadcasted sent, Instant now) {
        return sender.state().open().containsKey(sent.nonce()) && toldAsSent.add(sent.transaction())
                ? Optional.of(records.toRecord(
                        new TransactionEvent.Sent(sent.nonce(), sent.transaction(), now), sender.state()))
                : Optional.empty();
    }

    void forget() {
        sender.forget(List.copyOf(sender.state().closed().keySet()));
        if (open() == 0) {
            toldAsSent.clear();
        }
    }

    Optional<Action.ChainBehind> behind() {
        return newest.flatMap(StepReport::behind);
    }

    Optional<String> unsigned() {
        return newest.flatMap(StepReport::unsigned);
    }

    /** Whether a node refused one of its transactions because the account cannot pay. */
    Optional<String> unpaid() {
        return sender.state().open().values().stream()
                .filter(transaction -> transaction
                        .lastSend()
                        .filter(send -> send.result() instanceof SendResult.InsufficientFunds)
                        .isPresent())
                .findFirst()
                .map(transaction -> "account %s cannot pay for its transaction with nonce %d: send it ether"
                        .formatted(account(), transaction.nonce()));
    }

    AccountStatus status(BigInteger lowBalance) {
        return new AccountStatus(
                account(), balance, committed(), open(), balance.flatMap(wei -> alarm(wei, lowBalance)));
    }

    private Optional<String> alarm(BigInteger wei, BigInteger lowBalance) {
        if (wei.compareTo(lowBalance) < 0) {
            return Optional.of("account %s holds %s, less than %s: send it ether before it runs short"
                    .formatted(account(), Wei.ether(wei), Wei.ether(lowBalance)));
        }
        return costliest.signum() > 0 && wei.divide(costliest).compareTo(FEW) < 0
                ? Optional.of("account %s holds %s, enough for %s more of its transactions at most: send it ether"
                        .formatted(account(), Wei.ether(wei), wei.divide(costliest)))
                : Optional.empty();
    }
}
