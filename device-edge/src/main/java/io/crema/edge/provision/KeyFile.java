package io.crema.edge.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.edge.folder.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * A secp256k1 key in an encrypted file: Web3 Secret Storage, version 3, with scrypt and AES-128-CTR, as geth, Besu and
 * Foundry read and write it. The secret is random, so scrypt is set to cost little: 4 MiB for some milliseconds.
 */
public final class KeyFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DERIVED = 32;
    private static final int HALF = 16;
    private static final int N = 4096;
    private static final int R = 8;
    private static final int P = 1;
    private static final long MOST_MEMORY = 64L << 20;

    private KeyFile() {}

    /** Writes the key to a new file; durable when this returns. */
    public static void create(Path file, SigningKey key, Secret secret, SecureRandom random) {
        if (Files.exists(file)) {
            throw new ProvisionException("the key file " + file + " exists; a key is never overwritten");
        }
        var salt = random(random, DERIVED);
        var iv = random(random, HALF);
        var derived = SCrypt.generate(secret.bytes(), salt, N, R, P, DERIVED);
        var text = crypt(derived, iv, key.privateKey());
        var root = JSON.createObjectNode();
        root.put("version", 3).put("id", UUID.randomUUID().toString());
        root.put("address", key.address().hex().substring(2));
        var crypto = root.putObject("crypto");
        crypto.put("cipher", "aes-128-ctr").put("ciphertext", hex(text));
        crypto.putObject("cipherparams").put("iv", hex(iv));
        crypto.put("kdf", "scrypt");
        var kdf = crypto.putObject("kdfparams");
        kdf.put("dklen", DERIVED).put("n", N).put("r", R).put("p", P).put("salt", hex(salt));
        crypto.put("mac", hex(mac(derived, text).bytes()));
        OwnerFile.write(file, root.toPrettyString() + "\n");
    }

    /**
     * The key.
     *
     * @throws ProvisionException when the file cannot be read, or the secret does not open it
     */
    public static SigningKey open(Path file, Secret secret) {
        var crypto = root(file).path("crypto");
        try {
            var kdf = crypto.path("kdfparams");
            if (!crypto.path("kdf").asText().equals("scrypt")
                    || !crypto.path("cipher").asText().equals("aes-128-ctr")
                    || kdf.path("dklen").asInt() != DERIVED) {
                throw damaged(file, "it needs scrypt with dklen 32 and aes-128-ctr");
            }
            var n = kdf.path("n").asLong();
            var r = kdf.path("r").asLong();
            var p = kdf.path("p").asLong();
            if (n < 2 || r < 1 || r > 64 || p < 1 || p > 64 || n > MOST_MEMORY / 128 / r) {
                throw damaged(
                        file, "its scrypt parameters n=%d r=%d p=%d are beyond what a machine does".formatted(n, r, p));
            }
            var derived = SCrypt.generate(secret.bytes(), bytes(kdf, "salt"), (int) n, (int) r, (int) p, DERIVED);
            var text = bytes(crypto, "ciphertext");
            if (!MessageDigest.isEqual(mac(derived, text).bytes(), bytes(crypto, "mac"))) {
                throw new ProvisionException(
                        "the key file %s does not open with the secret; give the secret that it was made with"
                                .formatted(file));
            }
            var key = SigningKey.of(crypt(derived, bytes(crypto.path("cipherparams"), "iv"), text));
            if (!key.address().equals(address(file))) {
                throw damaged(file, "its address is not that of its key");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    /** The key's address, which is not secret. */
    public static Address address(Path file) {
        try {
            return Address.fromHex("0x" + root(file).path("address").asText());
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode root(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProvisionException(
                    "the key file %s cannot be read (%s); bring it back, or init the machine anew".formatted(file, e),
                    e);
        }
    }

    private static ProvisionException damaged(Path file, String how) {
        return new ProvisionException(
                "the key file %s is no Web3 keystore of version 3 that this machine takes: %s".formatted(file, how));
    }

    private static Hash mac(byte[] derived, byte[] text) {
        return Keccak.hash(Arrays.copyOfRange(derived, HALF, DERIVED), text);
    }

    /** The same both ways. */
    private static byte[] crypt(byte[] derived, byte[] iv, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, HALF, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("AES-128-CTR: " + e.getMessage(), e);
        }
    }

    private static byte[] random(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(JsonNode node, String name) {
        var text = node.path(name).asText();
        return Hex.decode(name, text.startsWith("0x") ? text : "0x" + text);
    }
}
