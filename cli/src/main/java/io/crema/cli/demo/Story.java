package io.crema.cli.demo;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.events.Bytes32;
import io.crema.events.ChannelRedeemed;
import io.crema.events.FaultCleared;
import io.crema.events.FaultRaised;
import io.crema.events.Quarantined;
import io.crema.events.ServiceRequested;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/** Tells in plain sentences what the log says while the demo runs; redemptions together, every few seconds. */
final class Story implements AutoCloseable {
    private static final List<Topic> TOPICS =
            List.of(Topic.CHAIN_CHANNELS, Topic.CHAIN_AGREEMENTS, Topic.MACHINE_EVENTS, Topic.QUARANTINE);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(3);

    private final Narrator narrator;
    private final Map<MachineId, String> serials;
    private final LogTail tail;
    private final Map<ChannelId, Amount> redeemed;
    private Amount paid = Amount.ZERO;
    private int redemptions;
    private long toldAt = System.nanoTime() - PAUSE;

    /**
     * @param serials by machine
     * @param redeemed what was redeemed of each channel before
     */
    Story(String bootstrapServers, Narrator narrator, Map<MachineId, String> serials, Map<ChannelId, Amount> redeemed) {
        this.redeemed = new HashMap<>(redeemed);
        this.narrator = narrator;
        this.serials = Map.copyOf(serials);
        this.tail = new LogTail(bootstrapServers, TOPICS, LogTail.From.NOW, this::tell);
    }

    private synchronized void tell(SpecificRecord record) {
        switch (record) {
            case ChannelRedeemed event -> {
                var now = Convert.amount(event.getRedeemed());
                var before = redeemed.put(Convert.channel(event.getChannel()), now);
                paid = paid.plus(before == null ? now : now.minus(before));
                redemptions++;
                tellRedemptions(false);
            }
            case FaultRaised fault ->
                narrator.say(
                        "Machine %s has a fault: %s".formatted(serial(fault.getMachine()), fault.getDescription()));
            case FaultCleared fault -> narrator.say("Machine %s is well again.".formatted(serial(fault.getMachine())));
            case ServiceRequested request ->
                narrator.say("Service for machine %s is requested on chain, in block %d."
                        .formatted(
                                serial(request.getMachine()),
                                request.getOrigin().getBlockNumber()));
            case Quarantined refused ->
                narrator.say("A record went to quarantine: %s, %s".formatted(refused.getReason(), refused.getDetail()));
            default -> {}
        }
    }

    private void tellRedemptions(boolean last) {
        if (redemptions > 0 && (last || System.nanoTime() - toldAt > PAUSE)) {
            narrator.say("The chain paid out %s from %d %s."
                    .formatted(Money.text(paid.toString()), redemptions, redemptions == 1 ? "channel" : "redemptions"));
            paid = Amount.ZERO;
            redemptions = 0;
            toldAt = System.nanoTime();
        }
    }

    private String serial(Bytes32 machine) {
        var id = Convert.machine(machine);
        return serials.getOrDefault(id, id.toString());
    }

    /** Tells what is still to be told. */
    synchronized void flush() {
        tellRedemptions(true);
    }

    @Override
    public void close() {
        tail.close();
    }
}
