package io.crema.ingest.gateway.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelToppedUp;
import io.crema.events.LogReversed;
import io.crema.events.Origin;
import io.crema.events.RentalConcluded;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

final class BookTest {
    private static final Address CUSTOMER = address(1);
    private static final Address MANUFACTURER = address(2);
    private static final MachineId MACHINE = MachineId.of(MANUFACTURER, "CM-1");
    private static final ChannelId CHANNEL = ChannelId.of(CUSTOMER, MANUFACTURER, 0);
    private static final Hash RENTAL = Keccak.hash(new byte[] {9});

    private final Book book = new Book();

    @Test
    void shouldTellOfAChannelThatAReorgTookAwayAsOfOneThatIsClosed() {
        var opened = opened(5);
        var concluded = concluded(5);
        channel(opened);
        book.apply(Topic.CHAIN_AGREEMENTS, RENTAL.bytes(), concluded);
        book.seen(5, Optional.empty());
        assertThat(book.facts(MACHINE).channels())
                .singleElement()
                .matches(it -> it.now().opened());
        book.apply(Topic.CHAIN_AGREEMENTS, RENTAL.bytes(), reversed(RENTAL, concluded, concluded.getOrigin()));
        channel(reversed(CHANNEL.value(), opened, opened.getOrigin()));
        book.seen(6, Optional.empty());
        var facts = book.facts(MACHINE);
        assertThat(facts.rental()).isEmpty();
        assertThat(facts.channels()).singleElement().matches(it -> !it.now().opened() && it.block() == 6);
        channel(opened(7));
        book.apply(Topic.CHAIN_AGREEMENTS, RENTAL.bytes(), concluded(7));
        assertThat(book.facts(MACHINE).rental()).isPresent();
        assertThat(book.facts(MACHINE).channels())
                .singleElement()
                .matches(it -> it.now().opened());
    }

    @Test
    void shouldTakeBackOnlyTheEventThatIsNamed() {
        channel(opened(5));
        book.apply(Topic.CHAIN_AGREEMENTS, RENTAL.bytes(), concluded(5));
        var first = toppedUp(6, 20);
        var second = toppedUp(7, 30);
        channel(first);
        channel(second);
        assertThat(deposited()).isEqualTo(Amount.of(30));
        channel(reversed(CHANNEL.value(), second, second.getOrigin()));
        channel(reversed(CHANNEL.value(), second, second.getOrigin()));
        assertThat(deposited()).isEqualTo(Amount.of(20));
    }

    @Test
    void shouldForgetHowToUndoWhatIsFarBelowTheNewestBlock() {
        channel(opened(5));
        book.apply(Topic.CHAIN_AGREEMENTS, RENTAL.bytes(), concluded(5));
        for (var block = 6; block < 1000; block++) {
            channel(toppedUp(block, block));
        }
        var old = toppedUp(6, 6);
        channel(reversed(CHANNEL.value(), old, old.getOrigin()));
        assertThat(deposited()).isEqualTo(Amount.of(999));
    }

    private Amount deposited() {
        return book.facts(MACHINE).channels().getFirst().now().deposited();
    }

    private void channel(SpecificRecord record) {
        book.apply(Topic.CHAIN_CHANNELS, CHANNEL.bytes(), record);
    }

    private static ChannelOpened opened(long block) {
        return new ChannelOpened(
                Convert.bytes32(CHANNEL),
                origin(block),
                Convert.bytes20(CUSTOMER),
                Convert.bytes20(MANUFACTURER),
                0L,
                Convert.decimal(Amount.of(10)),
                60);
    }

    private static ChannelToppedUp toppedUp(long block, long deposited) {
        return new ChannelToppedUp(
                Convert.bytes32(CHANNEL),
                origin(block),
                Convert.bytes20(CUSTOMER),
                Convert.decimal(Amount.of(1)),
                Convert.decimal(Amount.of(deposited)));
    }

    private static RentalConcluded concluded(long block) {
        return new RentalConcluded(
                Convert.bytes32(RENTAL),
                origin(block),
                Convert.bytes32(MACHINE),
                Convert.bytes32(CHANNEL),
                Convert.bytes20(MANUFACTURER),
                Convert.bytes20(CUSTOMER),
                0L,
                Convert.decimal(Amount.of(10)));
    }

    private static LogReversed reversed(Hash subject, SpecificRecord event, Origin origin) {
        return new LogReversed(
                Convert.bytes32(subject), origin, event.getSchema().getFullName());
    }

    private static Origin origin(long block) {
        return new Origin(
                31337L,
                Convert.bytes20(address(3)),
                block,
                Convert.bytes32(Keccak.hash(Long.toString(block).getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                Instant.ofEpochSecond(block),
                Convert.bytes32(Hash.ZERO),
                0);
    }

    private static Address address(int number) {
        var bytes = new byte[20];
        bytes[19] = (byte) number;
        return Address.of(bytes);
    }
}
