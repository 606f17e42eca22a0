package io.crema.edge.chain;

import io.crema.chain.abi.RedemptionErrors;
import io.crema.chain.transactions.AccountSender;
import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.OpenTransaction;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.chain.transactions.StepReport;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.settlement.Effects;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.edge.chain.DirectReport.State;
import io.crema.edge.journal.AppendLog;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A machine that redeems its newest receipt, and asks for service, on chain by itself while the platform is out of reach.
 * A step function; one account, one writer, its nonces and signed bytes durable before the first broadcast. It never
 * conflicts with the platform: redemption is cumulative, and one fault makes one request whoever asks. Not thread-safe.
 */
public final class DirectSettlement implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 5;

    private final DirectPolicy policy;
    private final Domains domains;
    private final SigningKey machineKey;
    private final SigningKey account;
    private final Supplier<ChainPort> port;
    private final TransactionLog journal;
    private Optional<Started> started = Optional.empty();
    private Optional<Instant> lastRedemption = Optional.empty();

    private record Started(ChainPort chain, AccountSender sender, ContractCalls calls) {}

    private record Wanted(Hash effect, Address contract, Payload data, String what) {}

    /**
     * Does nothing yet: the chain is asked for only when it is needed.
     *
     * @param machineKey signs what the machine attests
     * @param account pays the gas; no other program sends from it
     * @param chain called at most once per process, when the platform has been silent for long enough
     * @param log the account's own, kept over restarts
     */
    public DirectSettlement(
            DirectPolicy policy,
            Domains domains,
            SigningKey machineKey,
            SigningKey account,
            Supplier<ChainPort> chain,
            AppendLog log) {
        this.policy = policy;
        this.domains = domains;
        this.machineKey = machineKey;
        this.account = account;
        this.port = chain;
        this.journal = new TransactionLog(log);
    }

    /**
     * One step; to be repeated every few seconds while it says {@link State#SENDING}, every few minutes otherwise.
     *
     * @param silence since the platform last answered
     * @param newest the channel's newest receipt
     * @param fault a fault that lasts; empty = none
     */
    public DirectReport step(
            Instant now, Duration silence, Optional<NewestReceipt> newest, Optional<MachineFault> fault) {
        var silent = silence.compareTo(policy.silence()) >= 0;
        if (!silent && started.isEmpty()) {
            return new DirectReport(State.NOT_NEEDED, "The platform is in reach.");
        }
        try {
            var it = start();
            if (!silent && it.sender().state().open().isEmpty()) {
                return new DirectReport(State.NOT_NEEDED, "The platform is in reach.");
            }
            return act(it, now, silent ? newest : Optional.empty(), silent ? fault : Optional.empty());
        } catch (ChainUnreachableException e) {
            return new DirectReport(State.UNREACHABLE, "The chain cannot be used: " + e.getMessage());
        } catch (UncheckedIOException e) {
            // what the journal holds is known only when it is read again
            started = Optional.empty();
            throw e;
        }
    }

    private Started start() {
        if (started.isEmpty()) {
            var chain = port.get();
            var chainId = domains.payment().chainId();
            if (chain.chainId() != chainId) {
                throw new ChainUnreachableException("the node is on chain %d, the machine's contracts are on chain %d"
                        .formatted(chain.chainId(), chainId));
            }
            var sender = new AccountSender(
                    chain, new TransactionSigner(account, chainId), journal, policy.transactions(), journal.state());
            var calls = new ContractCalls(
                    domains.payment().verifyingContract(), domains.maintenance().verifyingContract());
            lastRedemption = lastRedemption(sender.state());
            started = Optional.of(new Started(chain, sender, calls));
        }
        return started.get();
    }

    /** As the journal tells: when the last one was sent, or became final. */
    private Optional<Instant> lastRedemption(AccountState state) {
        var contract = domains.payment().verifyingContract();
        var open = state.open().values().stream()
                .filter(it -> it.call().to().equals(contract))
                .map(OpenTransaction::pendingSince);
        var closed = state.closed().values().stream()
                .filter(it -> it.call().to().equals(contract))
                .map(it -> it.end().at());
        return Stream.concat(open, closed).max(Comparator.naturalOrder());
    }

    private DirectReport act(Started it, Instant now, Optional<NewestReceipt> newest, Optional<MachineFault> fault) {
        var wanted = new ArrayList<Wanted>();
        newest.flatMap(receipt -> redemption(it, receipt, now)).ifPresent(wanted::add);
        fault.flatMap(seen -> request(it, seen, now)).ifPresent(wanted::add);
        var refusals = new ArrayList<String>();
        var calls = new ArrayList<Call>();
        for (var one : wanted) {
            intent(it, one.effect()).ifPresent(intent -> {
                switch (it.chain().estimateGas(account.address(), one.contract(), one.data())) {
                    case CallResult.Returned<Long>(var gas) ->
                        calls.add(Call.of(List.of(intent), one.contract(), one.data(), gas + gas / 4 + 10_000));
                    case CallResult.Reverted<Long>(var data, var message) ->
                        refusals.add("%s would be refused: %s."
                                .formatted(
                                        one.what(), data.size() >= 4 ? RedemptionErrors.name(data.bytes()) : message));
                }
            });
        }
        var report = it.sender().step(calls, now);
        return report(it, report, refusals);
    }

    private Optional<Wanted> redemption(Started it, NewestReceipt receipt, Instant now) {
        // a time to come was written by a clock that was wrong
        var recent = lastRedemption.filter(at -> !at.isAfter(now) && now.isBefore(at.plus(policy.every())));
        if (recent.isPresent()) {
            return Optional.empty();
        }
        var total = receipt.receipt().content().total();
        var payable = it.calls()
                .channel(it.chain(), account.address(), receipt.channel())
                .payable(total);
        if (payable.compareTo(policy.least()) < 0) {
            return Optional.empty();
        }
        var contract = domains.payment().verifyingContract();
        return Optional.of(new Wanted(
                Effects.redeem(domains.payment().chainId(), contract, receipt.channel(), total),
                contract,
                it.calls().redeem(receipt),
                "Redeeming the newest receipt"));
    }

    private Optional<Wanted> request(Started it, MachineFault fault, Instant now) {
        if (it.calls().isRequested(it.chain(), account.address(), fault.request())) {
            return Optional.empty();
        }
        var attestation = new Attestation(
                fault.machine(), fault.request().value(), Verdict.FAULT.code(), now.getEpochSecond(), fault.evidence());
        var contract = domains.maintenance().verifyingContract();
        return Optional.of(new Wanted(
                Effects.requestService(domains.maintenance().chainId(), contract, fault.request(), fault.id()),
                contract,
                it.calls().requestByMachine(fault.id(), TypedData.sign(attestation, domains.maintenance(), machineKey)),
                "Asking for service"));
    }

    /** The first attempt at the effect that has not failed for good; empty while one is under way or done, or enough failed. */
    private static Optional<Hash> intent(Started it, Hash effect) {
        for (var attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            var intent = Effects.intent(effect, attempt);
            var call = it.sender().state().callOf(intent);
            if (call.isEmpty()) {
                return Optional.of(intent);
            }
            var failed = it.sender().state().closed().values().stream()
                    .anyMatch(closed -> closed.call().intents().contains(intent)
                            && closed.end() instanceof TransactionEvent.Failed);
            if (!failed) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private DirectReport report(Started it, StepReport report, List<String> refusals) {
        for (var event : report.events()) {
            if (event instanceof TransactionEvent.Prepared prepared
                    && prepared.call().to().equals(domains.payment().verifyingContract())) {
                lastRedemption = Optional.of(prepared.at());
            }
        }
        if (report.behind().isPresent()) {
            return new DirectReport(
                    State.UNREACHABLE,
                    "The node lacks transactions of %s that were final; it is far behind, or on another chain."
                            .formatted(account.address()));
        }
        for (var send : report.broadcasts()) {
            if (send.result() instanceof SendResult.InsufficientFunds) {
                return new DirectReport(
                        State.NO_FUNDS,
                        "Account %s cannot pay the gas; send it some of the chain's own coin."
                                .formatted(account.address()));
            }
        }
        if (!it.sender().state().open().isEmpty()) {
            return new DirectReport(
                    State.SENDING,
                    "%d transactions of %s are on their way."
                            .formatted(it.sender().state().open().size(), account.address()));
        }
        return refusals.isEmpty()
                ? new DirectReport(State.DONE, "On chain there is nothing to do.")
                : new DirectReport(State.REFUSED, String.join(" ", refusals));
    }

    @Override
    public void close() {
        journal.close();
    }
}
