package io.crema.chain.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.chain.transactions.AccountKey;
import io.crema.chain.transactions.SignerUnavailableException;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.Signature;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.ECDSASignature;
import org.web3j.utils.Numeric;

/**
 * Keys that a Web3Signer keeps (its eth1 mode), asked over HTTP. It signs keccak256 of the bytes it is given, so it is
 * given what an EIP-1559 transaction signs: 2 ‖ rlp(fields). An answer counts only if it recovers to the account. Nothing
 * is asked before the first signature. Thread-safe.
 *
 * @see <a href="https://consensys.github.io/web3signer/web3signer-eth1.html">Web3Signer ETH1 API</a>
 */
public final class Web3Signer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PUBLIC_KEY = 64;
    private static final int SHORTEST = 64;

    private final URI url;
    private final String name;
    private final Duration timeout;
    private final HttpClient client;
    private final Map<Address, String> identifiers = new ConcurrentHashMap<>();

    /** @param url for example http://127.0.0.1:9000 */
    public Web3Signer(URI url, Duration timeout) {
        this.url = URI.create(url.toString().replaceAll("/+$", ""));
        this.name = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** The key of an account, whether or not the signer has it: signing tells. */
    public AccountKey key(Address account) {
        return new AccountKey() {
            @Override
            public Address address() {
                return account;
            }

            @Override
            public Signature sign(byte[] message) {
                return Web3Signer.this.sign(account, message);
            }
        };
    }

    @Override
    public void close() {
        client.close();
    }

    private Signature sign(Address account, byte[] message) {
        var identifier = identifier(account);
        var answer = exchange(
                "sign for " + account,
                HttpRequest.newBuilder(URI.create(url + "/api/v1/eth1/sign/" + identifier))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"data\":\"" + Hex.encode(message) + "\"}")));
        if (answer.statusCode() == 404) {
            identifiers.remove(account);
            throw missing(account);
        }
        require(answer, "sign for " + account);
        return checked(account, Keccak.hash(message), answer.body());
    }

    /** The signer names a key by its public key: 64 bytes in hexadecimal. */
    private String identifier(Address account) {
        var known = identifiers.get(account);
        if (known == null) {
            identifiers.putAll(listed());
            known = identifiers.get(account);
        }
        if (known == null) {
            throw missing(account);
        }
        return known;
    }

    private Map<Address, String> listed() {
        var what = "list its public keys";
        var answer = exchange(what, HttpRequest.newBuilder(URI.create(url + "/api/v1/eth1/publicKeys")));
        require(answer, what);
        Map<Address, String> found = new ConcurrentHashMap<>();
        try {
            for (var text : JSON.readValue(answer.body(), String[].class)) {
                var bytes = Hex.decode("public key", text);
                var key = bytes.length == PUBLIC_KEY + 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
                if (key.length == PUBLIC_KEY) {
                    found.put(Secp256k1.address(key), text);
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new SignerUnavailableException(
                    "the signer %s did not %s, but answered something else; is it a Web3Signer in eth1 mode?"
                            .formatted(name, what),
                    e);
        }
        return found;
    }

    private Signature checked(Address account, Hash digest, String text) {
        try {
            var bytes = Hex.decode("signature", text.replace("\"", "").strip());
            if (bytes.length < SHORTEST) {
                throw new IllegalArgumentException("a signature has 64 bytes at least, got " + bytes.length);
            }
            var low = new ECDSASignature(
                            new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32)),
                            new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64)))
                    .toCanonicalised();
            for (var parity = 0; parity < 2; parity++) {
                var signature =
                        Signature.of(Numeric.toBytesPadded(low.r, 32), Numeric.toBytesPadded(low.s, 32), parity);
                if (Secp256k1.instance()
                        .recover(digest, signature)
                        .filter(account::equals)
                        .isPresent()) {
                    return signature;
                }
            }
        } catch (RuntimeException e) {
            throw new SignerUnavailableException(
                    "the signer %s answered no signature for %s: %s".formatted(name, account, e.getMessage()), e);
        }
        throw new SignerUnavailableException(
                "the signer %s answered a signature that is not of account %s over the given bytes; it was thrown away"
                        .formatted(name, account));
    }

    private HttpResponse<String> exchange(String what, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(timeout).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SignerUnavailableException(
                    "the signer %s did not %s: %s; check that it runs".formatted(name, what, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SignerUnavailableException("interrupted while the signer %s should %s".formatted(name, what), e);
        }
    }

    private void require(HttpResponse<String> answer, String what) {
        if (answer.statusCode() != 200) {
            throw new SignerUnavailableException(
                    "the signer %s refused to %s with status %d".formatted(name, what, answer.statusCode()));
        }
    }

    private SignerUnavailableException missing(Address account) {
        return new SignerUnavailableException(
                "the signer %s holds no key of account %s; load it there and let it reload its keys"
                        .formatted(name, account));
    }
}
