package io.crema.edge.run;

import io.crema.contracts.tap.TapLink;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.runner.MachineHost;
import io.crema.edge.runner.PublisherLoop;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the counter sells from: the machine's node, its publisher, and the price list. Thread-safe. */
final class Till implements Counter.Machine {
    private static final Logger log = LoggerFactory.getLogger(Till.class);

    private final MachineHost host;
    private final PublisherLoop publisher;
    private final InstantSource clock;
    private volatile Optional<Tap> last = Optional.empty();

    /** How a tap ended, in a sentence. */
    record Tap(Instant time, boolean served, String sentence) {}

    Till(MachineHost host, PublisherLoop publisher, InstantSource clock) {
        this.host = host;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public Counter.Offer offer(ProductId product) {
        var refusal = host.statusUnlessBusy().flatMap(it -> it.refusal().map(Refusal::sentence));
        if (refusal.isPresent()) {
            return new Counter.Offer(false, refusal.get());
        }
        var it = host.provisioning();
        return it.tariffAt(clock.instant().getEpochSecond())
                .flatMap(tariff -> Optional.ofNullable(tariff.prices().get(product)))
                .map(price -> new Counter.Offer(
                        true,
                        "%s, %s: hold your phone to the machine."
                                .formatted(it.nameOf(product), text(price, it.decimals()))))
                .orElseGet(() -> new Counter.Offer(false, Refusal.UNKNOWN_PRODUCT.sentence()));
    }

    @Override
    public TapOutcome press(Press press, TapLink link) {
        var outcome = host.press(press, link);
        publisher.signal();
        var tap = switch (outcome) {
            case TapOutcome.Served it ->
                new Tap(
                        clock.instant(),
                        true,
                        "Served %s, receipt %d."
                                .formatted(
                                        host.provisioning().nameOf(press.product()),
                                        it.receipt().receipt().content().sequence()));
            case TapOutcome.Failed it -> new Tap(clock.instant(), false, "Paid, not poured: " + it.reason());
            case TapOutcome.Refused it -> new Tap(clock.instant(), false, "Refused: " + it.sentence());
        };
        last = Optional.of(tap);
        log.info("tap {}", tap.sentence());
        return outcome;
    }

    @Override
    public void show(String sentence) {
        host.show(sentence);
    }

    /** The last tap since the start. */
    Optional<Tap> last() {
        return last;
    }

    static String text(Amount amount, int decimals) {
        var number = new BigDecimal(amount.value(), decimals).stripTrailingZeros();
        return number.setScale(Math.max(number.scale(), Math.min(2, decimals))).toPlainString();
    }
}
