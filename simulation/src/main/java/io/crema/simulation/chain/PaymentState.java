package io.crema.simulation.chain;

import io.crema.chain.transactions.EventLog;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PaymentProvider and its token: channels, credits, keys. A call changes it or throws {@link RevertedException} and
 * changes nothing. Copied for each block. Not thread-safe.
 */
public final class PaymentState {
    private static final long CLOSE_WINDOW = 7 * 24 * 3600;

    private final PaymentRules rules;
    private final Map<ChannelId, ChannelSlot> channels;
    private final Map<Address, BigInteger> credits;
    private final Map<Address, BigInteger> tokens;
    private final Map<Address, ActingKeys> keys;

    public PaymentState(PaymentRules rules) {
        this(rules, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        tokens.put(rules.contract(), BigInteger.ZERO);
    }

    private PaymentState(
            PaymentRules rules,
            Map<ChannelId, ChannelSlot> channels,
            Map<Address, BigInteger> credits,
            Map<Address, BigInteger> tokens,
            Map<Address, ActingKeys> keys) {
        this.rules = rules;
        this.channels = channels;
        this.credits = credits;
        this.tokens = tokens;
        this.keys = keys;
    }

    public PaymentState copy() {
        return new PaymentState(
                rules, new HashMap<>(channels), new HashMap<>(credits), new HashMap<>(tokens), new HashMap<>(keys));
    }

    public ChannelSlot channel(ChannelId channel) {
        return channels.getOrDefault(channel, ChannelSlot.NONE);
    }

    /** All that were ever opened. */
    public Map<ChannelId, ChannelSlot> channels() {
        return Map.copyOf(channels);
    }

    public BigInteger credited(Address account) {
        return credits.getOrDefault(account, BigInteger.ZERO);
    }

    /** What all accounts may withdraw together. */
    public BigInteger credited() {
        return credits.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** What the account holds of the token. */
    public BigInteger tokens(Address account) {
        return tokens.getOrDefault(account, rules.unlimited());
    }

    public long epoch(Address account) {
        return keys(account).epoch();
    }

    /** Until when the keys before the last change count, in seconds; 0 = there was no change. */
    public long previousUntil(Address account) {
        return keys(account).previousUntil();
    }

    /**
     * What the call does.
     *
     * @param now the block's time, in seconds
     * @return what it says
     * @throws RevertedException when it is refused
     */
    public List<EventLog> apply(Address sender, PaymentCall call, long now) {
        var logs = new PaymentLogs(rules.contract());
        switch (call) {
            case PaymentCall.Open open -> open(sender, open, logs);
            case PaymentCall.TopUp topUp -> topUp(sender, topUp, logs);
            case PaymentCall.Redeem(var payee, var row) -> credit(payee, redeem(payee, row, now, logs));
            case PaymentCall.RedeemMany(var payee, var rows) -> redeemMany(payee, rows, now, logs);
            case PaymentCall.RequestClose request -> requestClose(sender, request, now, logs);
            case PaymentCall.Close close -> close(sender, close, now, logs);
            case PaymentCall.Withdraw(var to) -> withdraw(sender, to, logs);
            case PaymentCall.RaiseEpoch(var epoch) -> raiseEpoch(sender, epoch, now, logs);
            case PaymentCall.SetSigner(var signer) -> setSigner(sender, signer, now, logs);
            case PaymentCall.Nothing() -> {
                // a plain transfer
            }
        }
        return logs.all();
    }

    private void open(Address sender, PaymentCall.Open call, PaymentLogs logs) {
        require(sender.equals(rules.opener()), "NotOpener(address,address)");
        require(
                call.periodMinutes() >= rules.minPeriodMinutes() && call.periodMinutes() <= rules.maxPeriodMinutes(),
                "PeriodOutOfBounds(uint24,uint24,uint24)");
        var id = ChannelId.of(call.customer(), call.payee(), call.index());
        require(!channel(id).exists(), "ChannelExists(bytes32)");
        pull(call.customer(), call.deposit());
        channels.put(id, new ChannelSlot(call.deposit(), Amount.ZERO, 0, call.periodMinutes()));
        logs.opened(id, call);
    }

    private void topUp(Address sender, PaymentCall.TopUp call, PaymentLogs logs) {
        var id = ChannelId.of(call.customer(), call.payee(), call.index());
        var slot = live(id);
        require(!call.amount().isZero(), "ZeroAmount()");
        require(!call.amount().exceeds(Amount.MAX.minus(slot.deposited())), "DepositTooLarge(bytes32,uint96,uint96)");
        pull(sender, call.amount());
        var deposited = slot.deposited().plus(call.amount());
        channels.put(id, slot.with(deposited, slot.redeemed()));
        logs.toppedUp(id, sender, call.amount(), deposited);
    }

    private Amount redeem(Address payee, PaymentCall.Row row, long now, PaymentLogs logs) {
        var id = ChannelId.of(row.customer(), payee, row.index());
        var slot = channel(id);
        var receipt = row.receipt().content();
        var due = slot.due(receipt.total());
        if (due.isZero()) {
            require(slot.exists(), "UnknownChannel(bytes32)");
            return due;
        }
        require(!slot.isClosed(), "ChannelIsClosed(bytes32)");
        RedemptionRule.judge(row, id, slot, rules.domain(), keys(row.customer()), now);
        var redeemed = slot.redeemed().plus(due);
        channels.put(id, slot.with(slot.deposited(), redeemed));
        logs.redeemed(receipt, redeemed);
        return due;
    }

    private void redeemMany(Address payee, List<PaymentCall.Row> rows, long now, PaymentLogs logs) {
        var sum = Amount.ZERO;
        for (var row : rows) {
            try {
                sum = sum.plus(redeem(payee, row, now, logs));
            } catch (RevertedException reason) {
                logs.skipped(row.receipt().content(), reason);
            }
        }
        credit(payee, sum);
    }

    private void requestClose(Address sender, PaymentCall.RequestClose call, long now, PaymentLogs logs) {
        require(actsFor(sender, sender), "NotAllowed(address,address)");
        var id = ChannelId.of(sender, call.payee(), call.index());
        var slot = live(id);
        require(slot.closeAt() == 0 || now > slot.closeAt() + CLOSE_WINDOW, "CloseAlreadyRequested(bytes32,uint40)");
        var closeAt = now + slot.periodMinutes() * 60L;
        channels.put(id, slot.closingAt(closeAt));
        logs.closeRequested(id, closeAt);
    }

    private void close(Address sender, PaymentCall.Close call, long now, PaymentLogs logs) {
        var id = ChannelId.of(call.customer(), call.payee(), call.index());
        var slot = live(id);
        if (!actsFor(call.payee(), sender)) {
            require(actsFor(call.customer(), sender), "NotAllowed(address,address)");
            require(slot.closeAt() != 0, "CloseNotRequested(bytes32)");
            require(now >= slot.closeAt(), "CloseTooEarly(bytes32,uint40,uint256)");
            require(now <= slot.closeAt() + CLOSE_WINDOW, "CloseLapsed(bytes32,uint256,uint256)");
        }
        var remainder = slot.deposited().minus(slot.redeemed());
        channels.put(id, slot.closingAt(ChannelSlot.CLOSED));
        credit(call.customer(), remainder);
        logs.closed(id, slot.redeemed(), remainder);
    }

    private void withdraw(Address sender, Address to, PaymentLogs logs) {
        require(!to.isZero() && !to.equals(rules.contract()), "InvalidRecipient(address)");
        var amount = credited(sender);
        require(amount.signum() > 0, "NothingCredited(address)");
        credits.put(sender, BigInteger.ZERO);
        move(rules.contract(), to, amount);
        logs.withdrawn(sender, to, amount);
    }

    private void raiseEpoch(Address sender, long epoch, long now, PaymentLogs logs) {
        var known = keys(sender);
        require(epoch > known.epoch(), "EpochNotRaised(uint32,uint32)");
        change(sender, known.changed(sender, epoch, known.signer(), now, rules.overlapSeconds()), logs);
    }

    private void setSigner(Address sender, Address named, long now, PaymentLogs logs) {
        var known = keys(sender);
        var signer = named.equals(sender) ? Address.ZERO : named;
        require(!signer.equals(known.signer()), "SignerUnchanged(address)");
        change(sender, known.changed(sender, known.epoch(), signer, now, rules.overlapSeconds()), logs);
    }

    private void change(Address account, ActingKeys changed, PaymentLogs logs) {
        keys.put(account, changed);
        logs.keyChanged(account, changed);
    }

    private ActingKeys keys(Address account) {
        return keys.getOrDefault(account, ActingKeys.OWN);
    }

    private boolean actsFor(Address account, Address caller) {
        return caller.equals(account) || caller.equals(keys(account).resolved(account));
    }

    private ChannelSlot live(ChannelId id) {
        var slot = channel(id);
        require(slot.exists(), "UnknownChannel(bytes32)");
        require(!slot.isClosed(), "ChannelIsClosed(bytes32)");
        return slot;
    }

    private void credit(Address account, Amount amount) {
        credits.merge(account, amount.value(), BigInteger::add);
    }

    private void pull(Address from, Amount amount) {
        require(tokens(from).compareTo(amount.value()) >= 0, "ERC20InsufficientBalance(address,uint256,uint256)");
        move(from, rules.contract(), amount.value());
    }

    private void move(Address from, Address to, BigInteger amount) {
        tokens.put(from, tokens(from).subtract(amount));
        tokens.put(to, tokens(to).add(amount));
    }

    static void require(boolean holds, String error) {
        if (!holds) {
            throw new RevertedException(error);
        }
    }

    /** Whose key signed; never asked for the zero address. */
    static Address signer(Signed<? extends TypedData> signed, io.crema.contracts.typed.Domain domain) {
        return signed.signer(domain).orElseThrow(() -> new RevertedException("InvalidSignature(bytes32)"));
    }
}
