package io.crema.edge.kafka;

import java.util.HashMap;
import java.util.Map;

/** How to reach Kafka, and as whom. Secrets do not show in {@code toString}. Immutable. */
public record KafkaAccess(String bootstrapServers, Security security) {

    /** How a client proves who it is. */
    public sealed interface Security {

        /** Nothing is proven or encrypted: for brokers on this machine. */
        record None() implements Security {}

        /**
         * TLS with the client's certificate.
         *
         * @param certificate PEM, the client's own first
         * @param key PEM, PKCS #8
         * @param authorities PEM of those who vouch for the brokers
         */
        record MutualTls(String certificate, String key, String authorities) implements Security {
            @Override
            public String toString() {
                return "mTLS";
            }
        }

        /**
         * SCRAM-SHA-512 over TLS.
         *
         * @param authorities PEM of those who vouch for the brokers
         */
        record Scram(String user, String password, String authorities) implements Security {
            @Override
            public String toString() {
                return "SCRAM-SHA-512 as " + user;
            }
        }
    }

    /** Without security. */
    public static KafkaAccess open(String bootstrapServers) {
        return new KafkaAccess(bootstrapServers, new Security.None());
    }

    /** As Kafka's clients take it. */
    public Map<String, Object> properties() {
        var properties = new HashMap<String, Object>();
        properties.put("bootstrap.servers", bootstrapServers);
        switch (security) {
            case Security.None() -> {}
            case Security.MutualTls(var certificate, var key, var authorities) -> {
                properties.put("security.protocol", "SSL");
                properties.put("ssl.keystore.type", "PEM");
                properties.put("ssl.keystore.certificate.chain", certificate);
                properties.put("ssl.keystore.key", key);
                trust(properties, authorities);
            }
            case Security.Scram(var user, var password, var authorities) -> {
                properties.put("security.protocol", "SASL_SSL");
                properties.put("sasl.mechanism", "SCRAM-SHA-512");
                properties.put(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                                .formatted(quoted(user), quoted(password)));
                trust(properties, authorities);
            }
        }
        return properties;
    }

    private static void trust(Map<String, Object> properties, String authorities) {
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", authorities);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
