package io.crema.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.bench.throughput.Fleet;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.events.ReceiptRun;
import io.crema.schemas.convert.ReceiptRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignedLoadTest {
    private static final int CHANNELS = 3;

    @TempDir
    Path folder;

    @Test
    void shouldSellOneOfEachChannelAfterTheOther() throws Exception {
        var fleet = new Fleet(CHANNELS);
        try (var load = new SignedLoad(fleet, folder.resolve("load"), 7, 2)) {
            for (var i = 0; i < 9; i++) {
                assertThat(load.position()).isEqualTo(i);
                var receipt = only(load.next()).receipt().content();
                assertThat(receipt.channel()).isEqualTo(fleet.id(i % CHANNELS));
                assertThat(receipt.sequence()).isEqualTo(1 + i / CHANNELS);
                assertThat(load.index(i % CHANNELS, receipt.sequence())).isEqualTo(i);
            }

            assertThat(load.left()).isZero();
            assertThat(Stream.of(0, 1, 2).map(load::sold)).containsExactly(3L, 3L, 3L);
            assertThat(load.total(0)).isPositive().isEqualTo(load.total(2));
        }
    }

    @Test
    void shouldCountWhatIsSoldOfEachChannel() throws Exception {
        try (var load = new SignedLoad(new Fleet(CHANNELS), folder.resolve("load"), 4, 0)) {
            load.next();
            load.next();

            assertThat(Stream.of(0, 1, 2).map(load::sold)).containsExactly(1L, 1L, 0L);
        }
    }

    @Test
    void shouldRepeatKnownBadgesAndThenBringUnknownOnes() throws Exception {
        List<SignedReceipt> sold = new ArrayList<>();
        try (var load = new SignedLoad(new Fleet(1), folder.resolve("load"), 2, 2)) {
            while (load.left() > 0) {
                sold.add(only(load.next()));
            }
        }

        assertThat(sold.stream().map(SignedReceipt::badge).distinct()).hasSize(3);
        assertThat(sold.get(0).badge()).isEqualTo(sold.get(1).badge());
        assertThat(sold)
                .allSatisfy(receipt -> assertThat(receipt.receipt().signer(Fleet.PAYMENT))
                        .contains(receipt.sale().employee()));
    }

    private static SignedReceipt only(ReceiptRun run) {
        return ReceiptRuns.fromRecord(run).getFirst();
    }
}
