package io.crema.edge.node;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.edge.Provisioning;
import io.crema.schemas.convert.Convert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One machine: offered, signed, dispensing, and then served or failed, each step durable before the next. It never pours
 * without a durable receipt, and never sells one attempt twice. Not thread-safe: one caller at a time.
 *
 * <p>When a call ends in an exception (the disk, the body), the journal says where to go on: the next press or {@link
 * #settle} does.
 */
public final class EdgeNode {
    private static final long OFFER_SECONDS = 60;

    private final Knowledge knowledge;
    private final SigningKey machineKey;
    private final Set<Address> ownKeys;
    private final Ledger ledger;
    private final Hardware hardware;
    private final RandomGenerator random;
    private final Caps caps;
    private final Timekeeper time;
    private final PhoneCheck check;

    /** @param random cryptographically strong: makes nonces and salts */
    public EdgeNode(
            Knowledge knowledge,
            SigningKey machineKey,
            Ledger ledger,
            Hardware hardware,
            NodeClock clock,
            RandomGenerator random,
            Caps caps) {
        this(knowledge, machineKey, List.of(), ledger, hardware, clock, random, caps);
    }

    /**
     * @param formerKeys that this machine had before its memory card was lost: what they offered, it offered
     * @param random cryptographically strong: makes nonces and salts
     */
    public EdgeNode(
            Knowledge knowledge,
            SigningKey machineKey,
            List<Address> formerKeys,
            Ledger ledger,
            Hardware hardware,
            NodeClock clock,
            RandomGenerator random,
            Caps caps) {
        this.knowledge = knowledge;
        this.machineKey = machineKey;
        this.ownKeys = Stream.concat(Stream.of(machineKey.address()), formerKeys.stream())
                .collect(Collectors.toUnmodifiableSet());
        this.ledger = ledger;
        this.hardware = hardware;
        this.random = random;
        this.caps = caps;
        this.time = new Timekeeper(clock, knowledge.block().map(Fact.Block::time));
        this.check = new PhoneCheck(knowledge);
    }

    /**
     * The machine is told something. Durable when this returns; telling it again changes nothing. What cannot be believed is
     * refused with a sentence, never thrown.
     */
    public Learned learn(Fact fact) {
        var learned = knowledge.learn(fact);
        if (learned.result() == Learned.Result.TAKEN && fact instanceof Fact.Block block) {
            time.heard(block.time());
        }
        return learned;
    }

    /** How the machine stands, and for how much longer it serves on its own. */
    public NodeStatus status() {
        return standing().status(knowledge);
    }

    /** The best guess at the time: what is proven, or else what the wall clock or a phone says. */
    public Instant now() {
        return time.now();
    }

    private Standing standing() {
        return new Standing(knowledge, ledger, time, caps);
    }

    /** A button was pressed and a phone is here. Repeating an attempt returns how it ended and sells nothing more. */
    public TapOutcome press(Press press, TapLink link) {
        var outcome = answer(press, link);
        hardware.show(
                switch (outcome) {
                    case TapOutcome.Served _ ->
                        "Enjoy your " + knowledge.current().nameOf(press.product()) + ".";
                    case TapOutcome.Failed failed -> failed.reason() + " The price is credited to the next cup.";
                    case TapOutcome.Refused refused -> refused.sentence();
                });
        return outcome;
    }

    private TapOutcome answer(Press press, TapLink link) {
        settle();
        var unfinished = ledger.state().unfinished;
        if (unfinished.isPresent()) {
            if (unfinished.get().attempt().equals(press.attempt())) {
                return pour();
            }
            giveUp("The machine was interrupted before it could pour, and somebody else came first.");
        }
        var known = ledger.state().outcomes.get(press.attempt());
        if (known != null) {
            return known;
        }
        try {
            sell(press, link);
        } catch (TapLostException e) {
            return Refusal.TAP_LOST.outcome();
        } catch (TapRefusedException e) {
            return e.statusWord() == TapStatus.TIME_APART.word() && !time.isProven()
                    ? Refusal.CLOCK_WRONG.outcome()
                    : Refusal.PHONE_REFUSED.because(TapStatus.sentence(e.statusWord()));
        } catch (MessageFormatException e) {
            return Refusal.PROTOCOL.because(Refusal.PROTOCOL.sentence() + " " + e.getMessage());
        } catch (RefusedException e) {
            return e.outcome();
        }
        return pour();
    }

    /**
     * Finds out what became of a cup that was paid before a restart. One that surely was not begun waits for the phone
     * that paid; one of which nobody knows counts as failed.
     *
     * @throws HardwareAwayException when the body cannot be asked now
     */
    public void settle() {
        var unfinished = ledger.state().unfinished;
        if (unfinished.isEmpty()) {
            return;
        }
        var cup = unfinished.get();
        switch (hardware.recall(job(cup.receipt()))) {
            case POURED -> ledger.record(new JournalRecord.Poured(cup.sequence()));
            case FAILED -> giveUp("The cup could not be poured.");
            case NEVER_BEGUN -> {
                // the one who paid may still come back for it
            }
            case UNKNOWN -> {
                if (cup.state() == CupState.DISPENSING) {
                    giveUp("The machine lost its power while it was pouring.");
                }
            }
        }
    }

    private void sell(Press press, TapLink link) throws TapLostException, TapRefusedException, RefusedException {
        var it = knowledge.current();
        var obstacle = hardware.obstacle();
        if (obstacle.isPresent()) {
            throw new RefusedException(Refusal.STOPPED.because(obstacle.get()));
        }
        refuse(standing().refusal());
        quote(press, it);
        var tap = MachineTap.begin(link, it, machineKey, nonce());
        check.badge(tap.shown().badge(), tap.phone().employee(), it);
        check.notRevoked(tap.shown().badge(), it);
        tap.shown().newest().ifPresent(newest -> adopt(newest, tap, it));
        if (standing().isBehind()) {
            throw new RefusedException(Refusal.BEHIND);
        }
        try {
            propose(press, tap, it);
        } catch (TapRefusedException e) {
            var phone = e.phoneTime();
            if (phone.isEmpty() || !isTime(phone.getAsLong()) || !time.hint(Instant.ofEpochSecond(phone.getAsLong()))) {
                throw e;
            }
            propose(press, tap, it);
        }
    }

    private static boolean isTime(long seconds) {
        return seconds > 0 && seconds <= Convert.LAST_SECOND;
    }

    /** A price, and when it is now for the sale. */
    private record Quote(Provisioning.PricedTariff tariff, Amount price, long now) {}

    /** What the product costs, if it is sold at all. Where no time is proven, it is at least when the newest sale was. */
    private Quote quote(Press press, Provisioning it) throws RefusedException {
        var now = time.now().getEpochSecond();
        var tariff = it.tariffAt(now);
        if (!time.isProven()) {
            var first = it.tariffs().stream()
                    .mapToLong(priced -> priced.tariff().content().validFrom())
                    .min()
                    .orElse(0);
            var sold = ledger.newest().map(newest -> newest.sale().time()).orElse(0L);
            now = time.isHinted() ? now : Math.max(now, Math.max(first, sold));
            tariff = it.tariffAt(now);
        }
        var priced = tariff.orElseThrow(() -> new RefusedException(Refusal.NO_TARIFF));
        var price = Optional.ofNullable(priced.prices().get(press.product()))
                .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_PRODUCT));
        refuse(standing().refusal(price));
        return new Quote(priced, price, now);
    }

    private void propose(Press press, MachineTap tap, Provisioning it)
            throws TapLostException, TapRefusedException, RefusedException {
        var quote = quote(press, it);
        var tariff = quote.tariff();
        var offer = offer(press, tap, quote, it);
        var previous = ledger.newest().map(newest -> new Proposal.Previous(newest.receipt(), newest.badge()));
        var holdsTariff = tap.phone().tariff().equals(tariff.tariff().content().structHash());
        var signature = tap.sign(new Proposal(
                offer.sale(),
                offer.receipt(),
                TypedData.sign(
                                new Offered(
                                        PhoneCheck.digest(offer.receipt(), it),
                                        offer.sale().structHash()),
                                it.domains().payment(),
                                machineKey)
                        .signature(),
                new TariffItems(tariff.prices()).proof(press.product()),
                holdsTariff ? Optional.empty() : Optional.of(tariff.tariff()),
                previous));
        var signed = new Signed<>(offer.receipt(), signature);
        if (!signed.isSignedBy(tap.phone().employee(), it.domains().payment())) {
            throw new RefusedException(Refusal.SIGNATURE_FORGED);
        }
        ledger.record(new JournalRecord.Paid(
                press.attempt(),
                new SignedReceipt(signed, offer.sale(), tap.shown().badge())));
        tap.commit(offer.receipt());
    }

    private static void refuse(Optional<Refusal> refusal) throws RefusedException {
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /** A time within the badge's, for a first try: the phone answers with its own if this is wrong. */
    private static long guess(long now, Optional<Signed<Badge>> badge) {
        return badge.map(Signed::content)
                .map(it -> now > it.validUntil() ? it.validFrom() : Math.max(now, it.validFrom()))
                .orElse(now);
    }

    /** The offer of this attempt that is still good, or a fresh one, durable. */
    private JournalRecord.Offered offer(Press press, MachineTap tap, Quote quote, Provisioning it)
            throws RefusedException {
        var state = ledger.state();
        var badge = tap.shown().badge();
        var price = quote.price();
        var version = quote.tariff().tariff().content().version();
        var credit = price.min(ledger.credit());
        var now = time.isProven() || time.isHinted() ? quote.now() : guess(quote.now(), badge);
        for (var offer : state.offers.values()) {
            var sale = offer.sale();
            if (offer.attempt().equals(press.attempt())
                    && sale.product().equals(press.product())
                    && sale.employee().equals(tap.phone().employee())
                    && sale.price().equals(price)
                    && sale.credit().equals(credit)
                    && sale.tariff() == version
                    && Math.abs(now - sale.time()) <= OFFER_SECONDS
                    && state.head().isFollowedBy(offer.receipt(), sale)) {
                check.covers(tap.shown().badge(), offer.receipt(), sale, it);
                return offer;
            }
        }
        var sale = new Sale(
                it.machine(), press.product(), price, credit, tap.phone().employee(), version, now, nonce());
        var receipt = state.head().next(sale);
        check.covers(tap.shown().badge(), receipt, sale, it);
        var fresh = new JournalRecord.Offered(press.attempt(), PhoneCheck.digest(receipt, it), receipt, sale);
        ledger.record(fresh);
        return fresh;
    }

    /**
     * Takes up the phone's newest receipt where this journal has lost it: only what this machine once proposed. An older one
     * that the journal lacks goes to the log alone, so that the gap closes there.
     */
    private void adopt(Proof.Newest newest, MachineTap tap, Provisioning it) {
        var receipt = newest.receipt().receipt().content();
        var state = ledger.state();
        var missing = newest.committed() && state.gaps.isMissing(receipt.sequence());
        var own = state.offers.containsKey(PhoneCheck.digest(receipt, it));
        var ahead = receipt.sequence() > state.head().sequence()
                && (newest.committed() || !own)
                && receipt.total().compareTo(state.head().total()) >= 0;
        if ((!ahead && !missing) || !check.mayBeAdopted(newest, tap.phone().employee(), ownKeys, it)) {
            return;
        }
        if (missing) {
            ledger.record(new JournalRecord.Found(newest.receipt()));
            return;
        }
        // Nobody knows whether a cup without COMMIT was poured: the one who paid gets it back.
        ledger.record(new JournalRecord.Adopted(
                newest.receipt(),
                newest.committed()
                        ? Optional.empty()
                        : Optional.of(failure(newest.receipt(), "The machine lost its journal around this cup."))));
    }

    private TapOutcome pour() {
        var cup = ledger.state().unfinished.orElseThrow();
        if (cup.state() == CupState.SIGNED) {
            ledger.record(new JournalRecord.Pouring(cup.sequence()));
        }
        switch (hardware.pour(job(cup.receipt()), cup.receipt().sale().product())) {
            case Hardware.PourResult.Poured _ -> ledger.record(new JournalRecord.Poured(cup.sequence()));
            case Hardware.PourResult.NotPoured failed -> giveUp(failed.reason());
        }
        return ledger.state().outcomes.get(cup.attempt()) instanceof TapOutcome outcome
                ? outcome
                : Refusal.STOPPED.outcome();
    }

    private void giveUp(String reason) {
        ledger.record(failure(ledger.state().unfinished.orElseThrow().receipt(), reason));
    }

    private JournalRecord.NotPoured failure(SignedReceipt cup, String reason) {
        var receipt = cup.receipt().content();
        var failure =
                new Failure(receipt.channel(), receipt.sequence(), cup.sale().price());
        return new JournalRecord.NotPoured(
                TypedData.sign(failure, knowledge.current().domains().payment(), machineKey), reason);
    }

    private Hash job(SignedReceipt cup) {
        return PhoneCheck.digest(cup.receipt().content(), knowledge.current());
    }

    private Hash nonce() {
        var bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }
}
