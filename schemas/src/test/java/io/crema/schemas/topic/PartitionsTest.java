package io.crema.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    @Test
    void shouldPlaceEveryKeyOfTheVectorFile() throws IOException {
        var file = Path.of(System.getProperty("basedir", "")).resolve("../contracts/vectors/v1.json");
        var vectors = new ObjectMapper().readTree(file.toFile()).path("partitions");
        assertThat(vectors.path("keys")).isNotEmpty();
        for (var entry : vectors.path("keys")) {
            var key = Hex.decode("key", entry.path("key").asText());
            for (var i = 0; i < vectors.path("counts").size(); i++) {
                assertThat(Partitions.of(key, vectors.path("counts").path(i).asInt()))
                        .isEqualTo(entry.path("partitions").path(i).asInt());
            }
        }
    }
}
