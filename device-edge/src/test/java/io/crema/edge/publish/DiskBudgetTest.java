package io.crema.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.edge.Office;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.journal.FileLog;
import io.crema.edge.node.Press;
import io.crema.edge.node.Refusal;
import io.crema.edge.node.TapOutcome;
import io.crema.edge.node.TestNode;
import io.crema.events.MachineEvent;
import io.crema.events.TelemetryBatchRecord;
import io.crema.events.TelemetryBody;
import io.crema.phone.PhoneCard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskBudgetTest {
    private static final long SEGMENT = 8 * 1024;

    private final Office office = new Office();

    @TempDir
    Path dir;

    /** A disk of so many bytes; what others take on it is a matter of the test. */
    private final class SmallDisk implements Disk {
        private final long size;
        private long others;

        private SmallDisk(long size) {
            this.size = size;
        }

        @Override
        public long free() {
            return size - others - used();
        }

        @Override
        public long used() {
            return new MachineFolder(dir).disk().used();
        }
    }

    @Test
    void shouldGiveUpOldTelemetryFirstAndLeaveAGapInTheNumbers() {
        var disk = new SmallDisk(200 * 1024);
        var budget = new DiskBudget(disk, new DiskLimits(20 * 1024, Long.MAX_VALUE));
        try (var chain = chain()) {
            for (var i = 0; i < 60; i++) {
                assertThat(budget.makeRoom(chain)).isTrue();
                chain.add(body(i));
            }
            disk.others = 200 * 1024 - disk.used() - 30 * 1024;
            assertThat(budget.isFull()).isFalse();
            assertThat(budget.makeRoom(chain)).isTrue();
            assertThat(disk.free()).isGreaterThanOrEqualTo(40 * 1024);
            var left = sequences(chain);
            assertThat(left.getFirst()).isGreaterThan(1);
            assertThat(left.getLast()).isEqualTo(60);
            chain.add(body(61));
            assertThat(sequences(chain)).endsWith(61L);
        }
        try (var again = chain()) {
            again.add(body(62));
            assertThat(sequences(again)).endsWith(62L);
        }
    }

    @Test
    void shouldBeFullOnlyWhenNoTelemetryIsLeftToGiveUp() {
        var disk = new SmallDisk(100 * 1024);
        var budget = new DiskBudget(disk, new DiskLimits(20 * 1024, Long.MAX_VALUE));
        try (var chain = chain()) {
            for (var i = 0; i < 40; i++) {
                chain.add(body(i));
            }
            disk.others = 100 * 1024 - disk.used();
            assertThat(budget.isFull()).isTrue();
            budget.makeRoom(chain);
            assertThat(sequences(chain)).hasSizeLessThan(8);
            disk.others = 100 * 1024;
            assertThat(budget.makeRoom(chain)).isFalse();
            disk.others = 0;
            assertThat(budget.makeRoom(chain)).isTrue();
        }
    }

    @Test
    void shouldKeepToItsQuotaWhereTheDiskIsLarge() {
        var budget = new DiskBudget(new SmallDisk(Long.MAX_VALUE), new DiskLimits(0, 48 * 1024));
        try (var chain = chain()) {
            for (var i = 0; i < 300; i++) {
                assertThat(budget.makeRoom(chain)).isTrue();
                chain.add(body(i));
                assertThat(new MachineFolder(dir).disk().used()).isLessThan(48 * 1024);
            }
        }
    }

    @Test
    void shouldSellNothingOnAFullDiskAndPourWhatWasPaid() throws Exception {
        var full = new boolean[1];
        var log = FileLog.open(dir.resolve("journal"), "journal", () -> !full[0]);
        try (var node = TestNode.on(office, log)) {
            var phone = new PhoneCard(office.wallet());
            var paid = new Press(Office.ESPRESSO, office.attempt());
            assertThat(press(node, paid, phone)).isInstanceOf(TapOutcome.Served.class);
            full[0] = true;
            assertThat(press(node, paid, phone)).isInstanceOf(TapOutcome.Served.class);
            assertThat(press(node, new Press(Office.ESPRESSO, office.attempt()), phone))
                    .isEqualTo(new TapOutcome.Refused(Refusal.DISK_FULL, Refusal.DISK_FULL.sentence()));
            full[0] = false;
            assertThat(press(node, new Press(Office.ESPRESSO, office.attempt()), phone))
                    .isInstanceOf(TapOutcome.Served.class);
        }
    }

    private static TapOutcome press(TestNode node, Press press, PhoneCard phone) {
        try {
            return node.press(press, phone::process);
        } finally {
            phone.deactivated();
        }
    }

    private TelemetryChain chain() {
        return new TelemetryChain(
                FileLog.open(dir.resolve("telemetry"), "telemetry journal"),
                office.machine,
                office.domains.maintenance(),
                office.machineKey,
                SEGMENT);
    }

    private static TelemetryBody body(int number) {
        var time = Instant.ofEpochSecond(Office.START + number);
        return new TelemetryBody(
                List.of(), List.of(new MachineEvent("ProgramFinished", "x".repeat(500), time)), List.of(), time, "1");
    }

    /** Of what is published now. */
    private static List<Long> sequences(TelemetryChain chain) {
        var sequences = new ArrayList<Long>();
        for (var parcel = chain.next(); parcel.isPresent(); parcel = chain.next()) {
            sequences.add(((TelemetryBatchRecord) parcel.get().record()).getSequence());
            chain.acknowledged(parcel.get());
        }
        return sequences;
    }
}
