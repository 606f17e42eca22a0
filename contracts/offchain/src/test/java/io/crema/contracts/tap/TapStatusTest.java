package io.crema.contracts.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TapStatusTest {
    private static final Path PROTOCOL = Path.of("../../docs/protocol.md");

    @Test
    void shouldHaveEachWordOnceInTheProtocolsTableOfRefusals() throws Exception {
        var page = Files.readString(PROTOCOL);
        var table = page.substring(page.indexOf("### Refusals"));
        var inTable = new ArrayList<Integer>();
        for (var row : table.lines().filter(it -> it.startsWith("| `")).toList()) {
            var words = Pattern.compile("`([0-9A-F]{4})`").matcher(row.substring(0, row.indexOf("|", 1)));
            while (words.find()) {
                inTable.add(Integer.parseInt(words.group(1), 16));
            }
        }
        assertThat(inTable)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TapStatus.values())
                        .filter(it -> it != TapStatus.OK)
                        .map(TapStatus::word)
                        .toList());
    }

    @Test
    void shouldGiveEachWordASentenceOfItsOwn() {
        var all = Arrays.asList(TapStatus.values());
        assertThat(all).extracting(TapStatus::word).doesNotHaveDuplicates();
        assertThat(all).extracting(TapStatus::sentence).doesNotHaveDuplicates().allMatch(it -> it.endsWith("."));
        assertThat(all).allSatisfy(it -> assertThat(TapStatus.of(it.word())).contains(it));
        assertThat(TapStatus.sentence(TapStatus.LOCKED.word()).toLowerCase(Locale.ROOT))
                .contains("unlock your phone");
        assertThat(TapStatus.sentence(0x6283)).contains("6283");
    }
}
