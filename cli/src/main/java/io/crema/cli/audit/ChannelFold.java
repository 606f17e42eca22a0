package io.crema.cli.audit;

import static io.crema.schemas.convert.Convert.address;
import static io.crema.schemas.convert.Convert.amount;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One channel as the chain's events in the log tell it: its slot after the newest of them, and as of the audited block.
 * Keeps no events, but those that are taken back later. Not thread-safe.
 */
final class ChannelFold {
    private final ChannelId id;
    private final Address customer;
    private final Address payee;
    private Slot slot;
    private Slot atBlock = Slot.NONE;
    private boolean opened;
    private long redeemedSequence;
    private long block;
    private int logIndex;
    private List<SpecificRecord> takenBackLater = List.of();
    private boolean told;
    private boolean moving;
    private boolean everReversed;
    private String place = "";

    ChannelFold(ChannelId id, ChannelOpened event) {
        this.id = id;
        customer = address(event.getCustomer());
        payee = address(event.getPayee());
        slot = Slot.NONE;
    }

    ChannelId id() {
        return id;
    }

    Address customer() {
        return customer;
    }

    Address payee() {
        return payee;
    }

    /** After the newest event. */
    Slot slot() {
        return slot;
    }

    /** As of the audited block; {@link Slot#NONE} where the channel was opened later. */
    Slot atBlock() {
        return atBlock;
    }

    /** Whether the event is of a block that was already left, or is the very last one again. */
    boolean isRepeat(Origin origin) {
        return opened && origin.getBlockNumber() == block && origin.getLogIndex() == logIndex;
    }

    /** Whether something of it is taken back. */
    boolean wasReversed() {
        return everReversed;
    }

    /** Where its newest event stands in the log. */
    String newest() {
        return place;
    }

    /** An event that stays. @param inBlock whether the audited block has it */
    void add(SpecificRecord event, Origin origin, LogRecord record, boolean inBlock) {
        place = record.place();
        slot = after(slot, event);
        if (event instanceof ChannelRedeemed redeemed
                && Long.compareUnsigned(redeemed.getSequence(), redeemedSequence) > 0) {
            redeemedSequence = redeemed.getSequence();
        }
        opened = true;
        block = origin.getBlockNumber();
        logIndex = origin.getLogIndex();
        if (inBlock) {
            atBlock = slot;
        }
    }

    /** An event that a later record takes back. */
    void addForNow(SpecificRecord event) {
        everReversed = true;
        takenBackLater = append(takenBackLater, event);
    }

    void takeBack(Origin origin) {
        takenBackLater = takenBackLater.stream()
                .filter(event -> !KeyFold.isSame(ChannelBook.origin(event).orElseThrow(), origin))
                .toList();
    }

    /** The balance may tell of the channel as it is now. */
    void compare(Optional<BalanceRow> row) {
        if (told || row.isEmpty()) {
            return;
        }
        var now = slot;
        var sequence = redeemedSequence;
        for (var event : takenBackLater) {
            now = after(now, event);
            if (event instanceof ChannelRedeemed redeemed
                    && Long.compareUnsigned(redeemed.getSequence(), sequence) > 0) {
                sequence = redeemed.getSequence();
            }
        }
        told = row.get().tellsOf(now, sequence);
    }

    /** Whether a balance told of the channel as it is, or as it was after what streams has folded. */
    boolean isTold() {
        return told;
    }

    void moves() {
        moving = true;
    }

    /** Whether events came that streams has not folded yet. */
    boolean isMoving() {
        return moving;
    }

    /** What no contract of ours would do; empty for an event as it should be. */
    Optional<String> impossible(SpecificRecord event) {
        return switch (event) {
            case ChannelRedeemed e
            when e.getRedeemed().compareTo(e.getTotal()) > 0 ->
                Optional.of("redeemed %s by a receipt of %s".formatted(e.getRedeemed(), e.getTotal()));
            case ChannelRedeemed e
            when amount(e.getRedeemed()).exceeds(slot.deposited()) ->
                Optional.of("redeemed %s of a deposit of %s".formatted(e.getRedeemed(), slot.deposited()));
            case ChannelRedeemed e
            when !amount(e.getRedeemed()).exceeds(slot.redeemed()) ->
                Optional.of("redeemed goes from %s to %s".formatted(slot.redeemed(), e.getRedeemed()));
            case ChannelToppedUp e
            when !amount(e.getDeposited()).exceeds(slot.deposited()) ->
                Optional.of("deposited goes from %s to %s".formatted(slot.deposited(), e.getDeposited()));
            case ChannelClosed e
            when !amount(e.getRedeemed()).equals(slot.redeemed()) ->
                Optional.of("closed at %s redeemed, after %s".formatted(e.getRedeemed(), slot.redeemed()));
            default -> Optional.empty();
        };
    }

    private static Slot after(Slot before, SpecificRecord event) {
        return switch (event) {
            case ChannelOpened e -> new Slot(amount(e.getDeposited()), Amount.ZERO, 0, e.getPeriodMinutes());
            case ChannelToppedUp e -> before.withDeposited(amount(e.getDeposited()));
            case ChannelRedeemed e -> before.withRedeemed(amount(e.getRedeemed()));
            case ChannelCloseRequested e -> before.withCloseAt(e.getCloseAt().getEpochSecond());
            case ChannelClosed e -> before.withRedeemed(amount(e.getRedeemed())).withCloseAt(Slot.CLOSED);
            default -> before;
        };
    }

    private static List<SpecificRecord> append(List<SpecificRecord> list, SpecificRecord event) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(event))
                .toList();
    }

    @Override
    public String toString() {
        return "channel " + id;
    }
}
