package io.crema.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinkConfigTest {
    private static final Path FOLDER = Path.of("/var/lib/crema");

    @Test
    void shouldTakeRelativePathsFromTheFolder() throws Exception {
        var gateway =
                json("{'gateway':{'address':'https://g:8443','certificate':'m.crt','key':'m.key','servers':'/g.crt'}}")
                        .gateway()
                        .orElseThrow();
        assertThat(gateway.certificate()).isEqualTo(Path.of("/var/lib/crema/m.crt"));
        assertThat(gateway.servers()).isEqualTo(Path.of("/g.crt"));
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        assertThatThrownBy(() -> json(
                        "{'kafka':{'bootstrapServers':'k:1','security':'scram'},'gateway':{'address':'http://g'}}"))
                .hasMessageContaining("kafka.user is missing")
                .hasMessageContaining("kafka.passwordFile is missing")
                .hasMessageContaining("gateway.address is 'http://g'")
                .hasMessageContaining("gateway.servers is missing");
        assertThatThrownBy(() -> json("{}")).hasMessageContaining("neither kafka.bootstrapServers nor gateway.address");
        assertThatThrownBy(() -> json("{'kafka':{'bootstrapServers':'k:1','security':'tls'}}"))
                .hasMessageContaining("kafka.security is 'tls', expected none, mtls or scram");
    }

    @Test
    void shouldReadTheSameFromTheEnvironment() {
        var config = LinkConfig.fromEnvironment(Map.of(
                "CREMA_BOOTSTRAP_SERVERS", "k:1",
                "CREMA_KAFKA_SECURITY", "scram",
                "CREMA_KAFKA_USER", "CM-1",
                "CREMA_KAFKA_PASSWORD_FILE", "/p",
                "CREMA_KAFKA_AUTHORITIES", "/a"));
        assertThat(config.kafka().orElseThrow().password().orElseThrow())
                .isEqualTo(new LinkConfig.Password("CM-1", Path.of("/p"), Path.of("/a")));
        assertThatThrownBy(() -> LinkConfig.fromEnvironment(Map.of("CREMA_GATEWAY_ADDRESS", "https://g")))
                .hasMessageContaining("CREMA_GATEWAY_KEY is missing");
        assertThat(LinkConfig.fromEnvironment(Map.of("CREMA_BOOTSTRAP_SERVERS", "k:1")))
                .isEqualTo(LinkConfig.open("k:1"));
    }

    private static LinkConfig json(String text) throws JsonProcessingException {
        return LinkConfig.fromJson(new ObjectMapper().readTree(text.replace('\'', '"')), FOLDER);
    }
}
