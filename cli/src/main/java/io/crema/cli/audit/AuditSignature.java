package io.crema.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Who audited what: EIP-191 (version 0x45, personal_sign) over the canonical form of the summary, as every wallet signs
 * and checks it. The signature has the 65 bytes r, s, v. Stateless.
 */
public final class AuditSignature {
    private static final int LENGTH = 65;
    private static final int V = 27;

    private AuditSignature() {}

    /** {@code {"summary": …, "auditor": "0x…", "signature": "0x…"}} */
    public static ObjectNode sign(JsonNode summary, SigningKey key) {
        var compact = key.sign(digest(summary));
        var bytes = Arrays.copyOf(compact.r(), LENGTH);
        System.arraycopy(compact.s(), 0, bytes, 32, 32);
        bytes[LENGTH - 1] = (byte) (V + compact.yParity());
        return AuditJson.signed(summary, key.address().hex(), Hex.encode(bytes));
    }

    /**
     * Whether the summary was signed by whom it names.
     *
     * @throws IllegalArgumentException when summary, auditor or signature are missing or malformed
     */
    public static boolean isValid(JsonNode signed) {
        var summary = signed.path("summary");
        if (!summary.isObject()
                || !signed.path("auditor").isTextual()
                || !signed.path("signature").isTextual()) {
            throw new IllegalArgumentException(
                    "expected the fields summary, auditor and signature, as 'crema audit --json --sign-with' writes them");
        }
        var auditor = Address.fromHex(signed.path("auditor").textValue());
        var bytes = Hex.decode("signature", signed.path("signature").textValue(), LENGTH);
        var v = bytes[LENGTH - 1];
        if (v != V && v != V + 1) {
            throw new IllegalArgumentException("the signature's last byte is 27 or 28, got " + (v & 0xff));
        }
        var compact = Signature.of(Arrays.copyOfRange(bytes, 0, 32), Arrays.copyOfRange(bytes, 32, 64), v - V);
        // A high s has its top bit set, where the compact form keeps the parity.
        return (bytes[32] & 0x80) == 0
                && Secp256k1.instance()
                        .recover(digest(summary), compact)
                        .filter(auditor::equals)
                        .isPresent();
    }

    private static Hash digest(JsonNode summary) {
        var message = AuditJson.canonical(summary).getBytes(StandardCharsets.UTF_8);
        var prefix = "\u0019Ethereum Signed Message:\n" + message.length;
        return Keccak.hash(prefix.getBytes(StandardCharsets.UTF_8), message);
    }
}
