package io.crema.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelfSignedTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("9999-12-31T23:59:59Z");

    private final SecureRandom random = new SecureRandom();

    @Test
    void shouldMakeACertificateThatTheJdkReadsAndVerifies() throws Exception {
        var keys = SelfSigned.keys(random);
        var certificate = SelfSigned.certificate(keys, "CM-1", List.of(), FROM, UNTIL, random);
        certificate.verify(keys.getPublic());
        certificate.checkValidity(Date.from(FROM.plusSeconds(1)));
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=CM-1");
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL);
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void shouldNameTheHostsOfAServer() throws Exception {
        var certificate = SelfSigned.certificate(
                SelfSigned.keys(random),
                "gateway",
                List.of("localhost", "127.0.0.1", "gateway.a-long-name.example"),
                FROM,
                UNTIL,
                random);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(List::getLast)
                .map(Object::toString)
                .containsExactly("localhost", "127.0.0.1", "gateway.a-long-name.example");
    }

    @Test
    void shouldTellCertificatesApartByTheirFingerprints() {
        var keys = SelfSigned.keys(random);
        var one = SelfSigned.certificate(keys, "CM-1", List.of(), FROM, UNTIL, random);
        var other = SelfSigned.certificate(keys, "CM-1", List.of(), FROM, UNTIL, random);
        assertThat(SelfSigned.fingerprint(one)).isEqualTo(SelfSigned.fingerprint(one));
        assertThat(SelfSigned.fingerprint(one)).isNotEqualTo(SelfSigned.fingerprint(other));
    }
}
