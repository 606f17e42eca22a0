package io.crema.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

final class AuditSignatureTest {
    private static final SigningKey KEY =
            SigningKey.of(TypedData.keccak("auditor").bytes());
    private static final String SUMMARY =
            "{\"sums\": {\"owed\": \"12\", \"held\": \"13\"}, \"block\": 7, \"ahead\": [\"b\", \"a\"]}";

    @Test
    void shouldWriteTheCanonicalForm() {
        assertThat(AuditJson.canonical(AuditJson.parse(SUMMARY)))
                .isEqualTo("{\"ahead\":[\"b\",\"a\"],\"block\":7,\"sums\":{\"held\":\"13\",\"owed\":\"12\"}}");
    }

    @Test
    void shouldSignAsWalletsDo() {
        var summary = AuditJson.parse(SUMMARY);
        var signed = AuditSignature.sign(summary, KEY);

        var oracle = Sign.signPrefixedMessage(
                AuditJson.canonical(summary).getBytes(StandardCharsets.UTF_8), ECKeyPair.create(KEY.privateKey()));
        var bytes = Arrays.copyOf(oracle.getR(), 65);
        System.arraycopy(oracle.getS(), 0, bytes, 32, 32);
        bytes[64] = oracle.getV()[0];
        assertThat(signed.path("signature").asText()).isEqualTo(Hex.encode(bytes));
        assertThat(signed.path("auditor").asText()).isEqualTo(KEY.address().hex());
        assertThat(AuditSignature.isValid(AuditJson.parse(signed.toPrettyString())))
                .isTrue();
    }

    @Test
    void shouldRefuseWhatWasChanged() {
        var signed = AuditSignature.sign(AuditJson.parse(SUMMARY), KEY);
        assertThat(AuditSignature.isValid(AuditJson.parse(signed.toString().replace("\"12\"", "\"11\""))))
                .isFalse();
        signed.put("auditor", "0x5fbdb2315678afecb367f032d93f642f64180aa3");
        assertThat(AuditSignature.isValid(signed)).isFalse();
        signed.remove("signature");
        assertThatThrownBy(() -> AuditSignature.isValid(signed)).hasMessageContaining("summary, auditor and signature");
    }
}
