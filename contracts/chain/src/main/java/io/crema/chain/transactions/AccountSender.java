package io.crema.chain.transactions;

import io.crema.contracts.value.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drives one account: reads the chain, decides, makes durable, broadcasts. A step function without threads or clock of
 * its own. Not thread-safe. After an exception from the journal it must be thrown away and made anew from the journal.
 */
public final class AccountSender {
    private final ChainPort chain;
    private final TransactionSigner signer;
    private final TransactionJournal journal;
    private final TransactionPolicy policy;
    private AccountState state;

    /** @param state the fold of the whole journal */
    public AccountSender(
            ChainPort chain,
            TransactionSigner signer,
            TransactionJournal journal,
            TransactionPolicy policy,
            AccountState state) {
        this.chain = chain;
        this.signer = signer;
        this.journal = journal;
        this.policy = policy;
        this.state = state;
    }

    public Address account() {
        return signer.account();
    }

    public AccountState state() {
        return state;
    }

    /** Drops final transactions whose outcomes are durable elsewhere. */
    public void forget(Iterable<Long> nonces) {
        state = state.forget(nonces);
    }

    /**
     * One step. While the key cannot be used, what is signed already is followed and sent again.
     *
     * @param wanted calls to send, the most urgent first; those that are under way already are passed over
     * @throws ChainUnreachableException when the node does not answer; nothing was changed
     */
    public StepReport step(List<Call> wanted, Instant now) {
        var view = ChainView.read(chain, account(), state, policy);
        var signing = new Signing(now);
        Decision.decide(state, wanted, view, now, policy).forEach(signing::take);
        var events = signing.events;
        if (!events.isEmpty()) {
            journal.append(List.copyOf(events));
            events.forEach(this::fold);
        }
        List<Action.Broadcast> due = new ArrayList<>();
        var behind = new ArrayList<Action.ChainBehind>();
        for (var action : Decision.decide(state, List.of(), view, now, policy)) {
            switch (action) {
                case Action.Broadcast broadcast -> due.add(broadcast);
                case Action.ChainBehind chainBehind -> behind.add(chainBehind);
                case Action.Reprice reprice ->
                    Optional.ofNullable(state.open().get(reprice.nonce()))
                            .filter(open -> Decision.isSendDue(open, now, policy))
                            .ifPresent(open -> due.add(new Action.Broadcast(open.nonce(), open.newest())));
                case Action.Append _, Action.Prepare _ -> {}
            }
        }
        var sends = broadcast(due, now);
        return new StepReport(events, sends, behind.stream().findFirst(), signing.fault);
    }

    /** Turns actions into events. After the first that cannot be signed none is: a later nonce alone is of no use. */
    private final class Signing {
        private final List<TransactionEvent> events = new ArrayList<>();
        private final Instant now;
        private Optional<String> fault = Optional.empty();

        Signing(Instant now) {
            this.now = now;
        }

        void take(Action action) {
            switch (action) {
                case Action.Append append -> events.add(append.event());
                case Action.Prepare(var nonce, var call, var fees) ->
                    sign(nonce, call, fees)
                            .ifPresent(version -> events.add(new TransactionEvent.Prepared(nonce, call, version, now)));
                case Action.Reprice(var nonce, var call, var fees) ->
                    sign(nonce, call, fees)
                            .ifPresent(version -> events.add(new TransactionEvent.Replaced(nonce, version, now)));
                case Action.Broadcast _, Action.ChainBehind _ -> {}
            }
        }

        private Optional<SignedVersion> sign(long nonce, Call call, Fees fees) {
            if (fault.isPresent()) {
                return Optional.empty();
            }
            try {
                return Optional.of(signer.sign(nonce, call, fees));
            } catch (SignerUnavailableException e) {
                fault = Optional.of(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }
    }

    private List<StepReport.Broadcasted> broadcast(List<Action.Broadcast> due, Instant now) {
        List<StepReport.Broadcasted> sends = new ArrayList<>();
        if (due.isEmpty()) {
            return sends;
        }
        var results = chain.sendAll(
                due.stream().map(broadcast -> broadcast.version().raw()).toList());
        for (var i = 0; i < due.size(); i++) {
            var nonce = due.get(i).nonce();
            var hash = due.get(i).version().hash();
            var result = results.get(i);
            fold(
                    result.isHeld()
                            ? new TransactionEvent.Sent(nonce, hash, now)
                            : new TransactionEvent.Refused(nonce, hash, result, now));
            sends.add(new StepReport.Broadcasted(nonce, hash, result));
        }
        return sends;
    }

    private void fold(TransactionEvent event) {
        state = state.apply(event);
    }
}
