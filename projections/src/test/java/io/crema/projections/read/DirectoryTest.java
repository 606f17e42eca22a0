package io.crema.projections.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadTheFileAgainWhenItChangesAndKeepTheNamesWhenItIsBroken() throws Exception {
        var file = folder.resolve("directory.json");
        var directory = new Directory(Optional.of(file));
        directory.refresh();
        assertThat(directory.called("0x0123456789abcdef0123")).isEqualTo("0x012345…0123");

        write(file, "{\"accounts\": {\"0xaa\": \"Acme\"}, \"token\": {\"symbol\": \"EUR\", \"decimals\": 6}}", 1);
        directory.refresh();
        assertThat(directory.called("0xaa")).isEqualTo("Acme");
        assertThat(directory.money(new BigInteger("1500000"))).isEqualTo("1.50 EUR");
        assertThat(directory.money(BigInteger.ZERO)).isEqualTo("0.00 EUR");
        assertThat(directory.money(new BigInteger("1"))).isEqualTo("0.000001 EUR");

        write(file, "{ half", 2);
        directory.refresh();
        assertThat(directory.called("0xaa")).isEqualTo("Acme");
        write(file, "{\"accounts\": {\"0xaa\": \"Acme Ltd\"}}", 3);
        directory.refresh();
        assertThat(directory.called("0xaa")).isEqualTo("Acme Ltd");
    }

    private static void write(Path file, String text, int seconds) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000L + 1000L * seconds));
    }
}
