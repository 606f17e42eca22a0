package io.crema.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileLogTest {
    @TempDir
    Path dir;

    @Test
    void shouldKeepWholeEntriesWhereverTheTailIsTornOrGarbled() throws IOException {
        var ends = new ArrayList<Long>();
        try (var log = FileLog.open(dir, "test")) {
            for (var entry = 1; entry <= 5; entry++) {
                ends.add(log.append(filled(entry, 7 * entry)).offset());
            }
        }
        var file = dir.resolve("0000000000000001.log");
        var bytes = Files.readAllBytes(file);
        var random = new Random(7);
        for (var length = 0; length <= bytes.length; length++) {
            var cut = length;
            var whole = ends.stream().filter(end -> end <= cut).count();
            Files.write(file, Arrays.copyOf(bytes, length));
            assertEntries((int) whole);
            var garbled = Arrays.copyOf(bytes, length + 20);
            var noise = new byte[20];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, garbled, length, 20);
            if (length < bytes.length && garbled[length] == bytes[length]) {
                garbled[length] ^= 1;
            }
            Files.write(file, garbled);
            assertEntries((int) whole);
        }
    }

    @Test
    void shouldGoBackToTheSegmentBeforeWhenANewOneIsNotWhole() throws IOException {
        try (var log = FileLog.open(dir, "test")) {
            log.append(filled(1, 10));
        }
        Files.write(dir.resolve("0000000000000002.log"), new byte[] {0, 0, 0, 9, 1});
        assertEntries(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveNothingOfASegmentThatCouldNotBeBegun() throws IOException {
        var next = dir.resolve("0000000000000002.log");
        try (var log = FileLog.open(dir, "test")) {
            log.append(filled(1, 10));
            Files.createSymbolicLink(next, Path.of("/dev/full"));
            assertThatThrownBy(() -> log.roll(filled(1, 10)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("new segment");
            assertThat(next).doesNotExist();
            log.append(filled(2, 20));
            log.roll(filled(3, 30));
        }
        assertEntries(3);
    }

    @Property(tries = 50)
    void shouldReadWhatWasWrittenOverRollsAndRestarts(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 90_000) Integer> sizes) throws IOException {
        var folder = Files.createTempDirectory("log");
        var written = new ArrayList<byte[]>();
        var log = FileLog.open(folder, "test");
        for (var size : sizes) {
            var entry = filled(size % 250 + 1, size);
            written.add(entry);
            if (size % 5 == 0) {
                log.roll(entry);
            } else {
                log.append(entry);
            }
            if (size % 7 == 0) {
                log.close();
                log = FileLog.open(folder, "test");
            }
        }
        assertThat(entries(log)).usingElementComparator(Arrays::compare).containsExactlyElementsOf(written);
        log.dropBefore(log.newestSegment().segment());
        assertThat(log.oldest()).isEqualTo(log.newestSegment());
        log.close();
    }

    private void assertEntries(int count) {
        try (var log = FileLog.open(dir, "test")) {
            var entries = entries(log);
            assertThat(entries).hasSize(count);
            for (var entry = 1; entry <= count; entry++) {
                assertThat(entries.get(entry - 1)[0]).isEqualTo((byte) entry);
            }
        }
    }

    private static List<byte[]> entries(FileLog log) {
        var entries = new ArrayList<byte[]>();
        log.read(Position.START, (entry, after) -> entries.add(entry));
        return entries;
    }

    private static byte[] filled(int value, int size) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
