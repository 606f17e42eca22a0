package io.crema.edge.body.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.edge.body.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/machine-api.yaml says what the adapter does. */
final class MachineApiTest {

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "machine-api.yaml"));
    }

    @Test
    void shouldNameThePathsThatAreAsked() throws IOException {
        assertThat(Pattern.compile("(?m)^  (/[^:]*):$")
                        .matcher(document())
                        .results()
                        .map(it -> it.group(1)))
                .containsExactlyInAnyOrder("/products", "/jobs", "/jobs/{id}", "/availability", "/readings", "/events");
    }

    @Test
    void shouldNameAllQuantitiesAndUnits() throws IOException {
        var quantities = Pattern.compile("enum: \\[(Boiler[^]]*)]").matcher(document());
        assertThat(quantities.find()).isTrue();
        assertThat(quantities.group(1).split(", "))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Quantity.values()).map(Quantity::word).toList());
        var units = Pattern.compile("unit: \\{enum: \\[([^]]*)]").matcher(document());
        assertThat(units.find()).isTrue();
        assertThat(units.group(1).replace("\"", "").split(", "))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Quantity.values())
                        .map(Quantity::unit)
                        .distinct()
                        .toList());
    }
}
