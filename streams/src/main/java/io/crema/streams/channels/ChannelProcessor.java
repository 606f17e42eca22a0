package io.crema.streams.channels;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelFacts;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelState;
import io.crema.events.ChannelToppedUp;
import io.crema.events.CustomerKeys;
import io.crema.events.LogReversed;
import io.crema.events.Outcome;
import io.crema.events.OutcomeKind;
import io.crema.events.ReceiptRun;
import io.crema.events.RedeemRequested;
import io.crema.events.RedemptionSkipped;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.convert.ReceiptRuns;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.RecordCodec;
import io.crema.streams.balances.ChainFacts;
import io.crema.streams.balances.Channel;
import io.crema.streams.balances.Judgement;
import io.crema.streams.balances.Place;
import io.crema.streams.balances.ReceiptBook;
import io.crema.streams.balances.Redemptions;
import io.crema.streams.balances.Signers;
import io.crema.streams.channels.StoredShelf.ChannelStores;
import io.crema.streams.records.DueIndex;
import io.crema.streams.records.EarlyCommits;
import io.crema.streams.records.Inbound;
import io.crema.streams.records.Outbound;
import io.crema.streams.records.StoredFigures;
import io.crema.streams.records.TimeIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Carries records to the rules of one channel, and what they decide to stores and sinks. */
final class ChannelProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final int MOST_DUE_AT_ONCE = 1_000;

    private final BalancesSettings settings;
    private final Signers signers;
    private final ReceiptBook book;
    private final Redemptions redemptions;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], ChannelState> channels;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<byte[], ChannelFacts> facts;

    @SuppressWarnings("NullAway.Init")
    private ChannelStores shelves;

    @SuppressWarnings("NullAway.Init")
    private DueIndex due;

    @SuppressWarnings("NullAway.Init")
    private TimeIndex unredeemed;

    @SuppressWarnings("NullAway.Init")
    private StoredFigures figures;

    @SuppressWarnings("NullAway.Init")
    private Outbound out;

    @SuppressWarnings("NullAway.Init")
    private EarlyCommits commits;

    /** What a record is, where it came from, and when. @param cause names the record, for the ids of what follows */
    private record Arrival(RecordMetadata origin, Instant time, String cause) {}

    ChannelProcessor(BalancesSettings settings) {
        this.settings = settings;
        this.signers = new Signers(settings.payment());
        this.book = new ReceiptBook(signers, settings.checkingEach());
        this.redemptions = new Redemptions(
                settings.policy(),
                book.authority(),
                settings.payment().chainId(),
                settings.payment().verifyingContract());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        channels = context.getStateStore(BalancesTopology.CHANNELS);
        facts = context.getStateStore(BalancesTopology.FACTS);
        shelves = new ChannelStores(
                context.getStateStore(BalancesTopology.WAITING),
                context.getStateStore(BalancesTopology.WAITING_MACHINES),
                context.getStateStore(BalancesTopology.DIGESTS),
                new TimeIndex(context.getStateStore(BalancesTopology.SINCE), TimeIndex.Kind.WAITING));
        due = new DueIndex(context.getStateStore(BalancesTopology.DUE));
        unredeemed = new TimeIndex(context.getStateStore(BalancesTopology.SINCE), TimeIndex.Kind.UNREDEEMED);
        figures = new StoredFigures(context, BalancesTopology.CHANNEL_FIGURES);
        out = new Outbound(context, BalancesTopology.SOURCE, figures::refused);
        commits = new EarlyCommits(context);
        context.schedule(settings.lookEvery(), PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        commits.processed(record);
        decide(record);
        figures.save();
    }

    private void decide(Record<byte[], byte[]> record) {
        var origin = context().recordMetadata().orElseThrow();
        var time = Instant.ofEpochMilli(record.timestamp());
        var cause = origin.topic() + ":" + origin.partition() + ":" + origin.offset();
        var arrival = new Arrival(origin, time, cause);
        var topic = Topic.named(origin.topic());
        if (topic.isEmpty()) {
            var keys = RecordCodec.perThread().decode(record.value(), CustomerKeys.class);
            keysChanged(keys, arrival);
            return;
        }
        switch (Inbound.read(topic.get(), record.key(), record.value(), origin.partition(), settings.partitions())) {
            case Inbound.Bad bad -> quarantine(record, arrival, bad.reason(), bad.detail());
            case Inbound.Good good -> handle(record, good.value(), arrival);
        }
    }

    private void handle(Record<byte[], byte[]> record, SpecificRecord value, Arrival arrival) {
        switch (value) {
            case ReceiptRun run -> received(record, run, arrival);
            case ChannelOpened opened -> chainSays(record.key(), opened, arrival);
            case ChannelToppedUp toppedUp -> chainSays(record.key(), toppedUp, arrival);
            case ChannelRedeemed redeemed -> chainSays(record.key(), redeemed, arrival);
            case ChannelCloseRequested requested -> chainSays(record.key(), requested, arrival);
            case ChannelClosed closed -> chainSays(record.key(), closed, arrival);
            case RedemptionSkipped skipped -> {
                // The outcome of the intent tells what follows from it.
            }
            case LogReversed reversed -> reversed(record, reversed, arrival);
            case Outcome outcome -> ended(record.key(), outcome, arrival);
            case RedeemRequested requested -> requested(record.key(), arrival);
            default ->
                quarantine(
                        record,
                        arrival,
                        "UNEXPECTED_TYPE",
                        "%s does not belong into %s"
                                .formatted(
                                        value.getSchema().getFullName(),
                                        arrival.origin().topic()));
        }
    }

    private void received(Record<byte[], byte[]> record, ReceiptRun run, Arrival arrival) {
        List<SignedReceipt> receipts;
        try {
            receipts = ReceiptRuns.fromRecord(run);
            checkRun(receipts);
        } catch (IllegalArgumentException | ArithmeticException e) {
            quarantine(record, arrival, "MALFORMED_RUN", String.valueOf(e.getMessage()));
            return;
        }
        var before = load(record.key());
        var place = new Place(arrival.origin().partition(), arrival.origin().offset(), arrival.time());
        apply(before, book.receive(before, receipts, place, shelf(before.id())), arrival);
    }

    private static void checkRun(List<SignedReceipt> receipts) {
        if (receipts.isEmpty() || receipts.size() > ReceiptRuns.MOST_RECEIPTS) {
            throw new IllegalArgumentException(
                    "a run has 1 to %d receipts, got %d".formatted(ReceiptRuns.MOST_RECEIPTS, receipts.size()));
        }
        var first = sequence(receipts.getFirst());
        for (var i = 0; i < receipts.size(); i++) {
            if (sequence(receipts.get(i)) != first + i) {
                throw new IllegalArgumentException("receipt %d of the run has sequence %d, expected %d"
                        .formatted(i, sequence(receipts.get(i)), first + i));
            }
        }
    }

    private static long sequence(SignedReceipt signed) {
        return signed.receipt().content().sequence();
    }

    private void chainSays(byte[] key, SpecificRecord event, Arrival arrival) {
        var known = Optional.ofNullable(facts.get(key)).orElse(ChainFacts.NONE);
        chainChanged(key, known, ChainFacts.add(known, event), arrival);
        if (event instanceof ChannelRedeemed redeemed) {
            compare(key, redeemed, arrival);
        }
    }

    private void reversed(Record<byte[], byte[]> record, LogReversed reversed, Arrival arrival) {
        if (reversed.getType().equals(RedemptionSkipped.getClassSchema().getFullName())) {
            return;
        }
        var known = Optional.ofNullable(facts.get(record.key())).orElse(ChainFacts.NONE);
        var without = ChainFacts.remove(known, reversed.getOrigin());
        if (without.isEmpty()) {
            quarantine(
                    record,
                    arrival,
                    "UNKNOWN_REVERSAL",
                    "log %d of block %d is taken back, but is not among the channel's newest events"
                            .formatted(
                                    reversed.getOrigin().getLogIndex(),
                                    reversed.getOrigin().getBlockNumber()));
            return;
        }
        chainChanged(record.key(), known, without.get(), arrival);
    }

    private void chainChanged(byte[] key, ChannelFacts known, ChannelFacts next, Arrival arrival) {
        if (next.equals(known)) {
            return;
        }
        var before = load(key);
        var view = ChannelRecords.fromRecord(ChainFacts.fold(next));
        facts.put(key, next);
        var channel = Redemptions.chainChanged(before.with(view), before.chain(), arrival.time());
        apply(before, book.reconsider(channel, shelf(channel.id())), arrival);
    }

    /** A receipt that was redeemed and is not the one we accepted is a fork, seen on chain. */
    private void compare(byte[] key, ChannelRedeemed redeemed, Arrival arrival) {
        if (redeemed.getSequence() < 0) {
            // Beyond 63 bits: whoever signed it wanted no receipt to follow. The channel is ahead.
            return;
        }
        var channel = load(key);
        var receipt = new Receipt(
                channel.id(),
                redeemed.getSequence(),
                Convert.amount(redeemed.getTotal()),
                Convert.hash(redeemed.getHistory()));
        var digest = signers.digest(receipt);
        var accepted = channel.accepted(redeemed.getSequence(), shelf(channel.id()));
        if (accepted.filter(known -> !known.equals(digest)).isPresent()) {
            finish(channel, channel.asForked(), arrival.time(), arrival.cause());
        }
    }

    private void keysChanged(CustomerKeys keys, Arrival arrival) {
        var before = load(keys.getChannel().bytes());
        var channel = before.with(ChannelRecords.fromRecord(keys.getKeys()));
        apply(before, book.reconsider(channel, shelf(channel.id())), arrival);
    }

    private void ended(byte[] key, Outcome outcome, Arrival arrival) {
        if (channels.get(key) == null) {
            // The subject is a service request.
            return;
        }
        var before = load(key);
        var reached = outcome.getKind() == OutcomeKind.DONE || outcome.getKind() == OutcomeKind.ALREADY_DONE;
        var channel = redemptions.close(before, Convert.hash(outcome.getIntent()), reached, arrival.time());
        finish(before, channel, arrival.time(), arrival.cause());
    }

    private void requested(byte[] key, Arrival arrival) {
        if (channels.get(key) != null) {
            var before = load(key);
            finish(before, Redemptions.request(before), arrival.time(), arrival.cause());
        }
    }

    private void apply(Channel before, Judgement judgement, Arrival arrival) {
        var channel = judgement.channel();
        figures.toChange().judged(judgement);
        for (var refused : judgement.refused()) {
            out.quarantine(channel.id().bytes(), ChannelEvents.quarantined(refused, out.service()));
        }
        if (!judgement.accepted().isEmpty()) {
            var parties = channel.chain().parties().orElseThrow();
            for (var accepted : judgement.accepted()) {
                var event = ChannelEvents.accepted(accepted, parties);
                var id = channel.id() + ":" + event.getSequence();
                out.send(Topic.RECEIPTS, channel.id().bytes(), event, id, arrival.time());
            }
            channel = Redemptions.accepted(channel, arrival.time());
        }
        finish(before, channel, arrival.time(), arrival.cause());
    }

    private void finish(Channel before, Channel changed, Instant now, String cause) {
        var decision = redemptions.decide(changed, now);
        var channel = decision.channel();
        if (channel.equals(before)) {
            return;
        }
        var key = channel.id().bytes();
        figures.toChange().changed(before, channel);
        unredeemed.move(key, unredeemedSince(before), unredeemedSince(channel));
        due.move(key, before.redemption().dueAt(), channel.redemption().dueAt());
        channels.put(key, ChannelRecords.toRecord(channel));
        decision.redemption().ifPresent(redemption -> {
            var intent = ChannelEvents.intent(channel, redemption, now);
            out.send(Topic.INTENTS, key, intent, redemption.open().intent().hex(), now);
        });
        out.send(Topic.BALANCES, key, ChannelEvents.balance(channel, now), channel.id() + "@" + cause, now);
    }

    private void look(long timestamp) {
        var now = Instant.ofEpochMilli(timestamp);
        for (var key : due.due(now, MOST_DUE_AT_ONCE)) {
            var channel = load(key);
            finish(channel, channel, now, "clock:" + timestamp);
        }
        figures.save();
    }

    /** Of a closed channel nothing can be redeemed any more. */
    private static Optional<Instant> unredeemedSince(Channel channel) {
        return channel.chain().isPayable() ? channel.redemption().unredeemedSince() : Optional.empty();
    }

    private Channel load(byte[] key) {
        var state = channels.get(key);
        return state == null ? Channel.unknown(new ChannelId(Hash.of(key))) : ChannelRecords.fromRecord(state);
    }

    private StoredShelf shelf(ChannelId channel) {
        return new StoredShelf(shelves, channel, signers, settings.mostWaitingPerMachine());
    }

    private void quarantine(Record<byte[], byte[]> record, Arrival arrival, String reason, String detail) {
        out.quarantine(record.key(), record.value(), arrival.origin(), arrival.time(), reason, detail);
    }
}
