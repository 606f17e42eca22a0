package io.crema.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.events.ChannelToppedUp;
import io.crema.schemas.topic.Topic;
import io.crema.schemas.wire.CommittedSchemas;
import io.crema.schemas.wire.RecordCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfluentClientIT {
    private static final Path CONFORMANCE = Path.of("conformance");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    @Test
    void shouldServeConfluentsClientAndShareItsWireFormat() throws Exception {
        assumeTrue(Programs.present("node") && Programs.present("npm"), "node and npm are not installed: skipped");
        install();
        var record = Samples.toppedUp();
        var subject = record.getSchema().getFullName();
        var ids = JSON.createObjectNode();
        CommittedSchemas.instance().newest().forEach((name, committed) -> ids.put(name, committed.id()));
        var input = JSON.createObjectNode()
                .put("topic", Topic.CHAIN_CHANNELS.topicName())
                .put("subject", subject)
                .put("id", ids.get(subject).asInt())
                .put(
                        "message",
                        Base64.getEncoder()
                                .encodeToString(RecordCodec.perThread().encode(Topic.CHAIN_CHANNELS, record)))
                .set("ids", ids);
        var file = Files.writeString(dir.resolve("input.json"), input.toString());
        try (var server = new RegistryServer(0).start()) {
            var output = JSON.readTree(Programs.run(
                    CONFORMANCE, List.of("node", "try.mjs", server.uri().toString(), file.toString())));
            assertThat(output.at("/fields/origin/chainId").asLong()).isEqualTo(31_337);
            assertThat(output.at("/fields/origin/blockTime").asLong()).isEqualTo(1_800_000_000_000_000L);
            var message = Base64.getDecoder().decode(output.path("message").asText());
            assertThat(RecordCodec.perThread().decode(message, ChannelToppedUp.class))
                    .isEqualTo(record);
        }
    }

    /** Once per lock file. */
    private static void install() throws Exception {
        var lock = Files.readString(CONFORMANCE.resolve("package-lock.json"));
        var installed = CONFORMANCE.resolve("node_modules/.crema-lock");
        if (!Files.exists(installed) || !Files.readString(installed).equals(lock)) {
            Programs.run(
                    CONFORMANCE,
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
            Files.writeString(installed, lock);
        }
    }
}
