package io.crema.contracts.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.contracts.crypto.BouncyCastleSecp256k1;
import io.crema.contracts.crypto.NativeSecp256k1;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our Java against contracts/vectors/v1.json. Run with -Dcrema.vectors.write=true to write the file anew. */
class VectorsTest {
    private static final JsonNode FILE = load();

    private static JsonNode load() {
        if (Boolean.getBoolean("crema.vectors.write")) {
            VectorFile.write(VectorFile.render(Vectors.make()));
        }
        return VectorFile.read();
    }

    @BeforeAll
    static void fileIsThere() {
        assertThat(FILE.path("version").asText()).isEqualTo("1");
    }

    static List<Secp256k1> libraries() {
        return List.of(new NativeSecp256k1(), new BouncyCastleSecp256k1());
    }

    static Stream<String> types() {
        return Samples.types().stream().map(Samples.Type::name);
    }

    @Test
    void shouldHoldExactlyWhatOurCodeComputes() {
        assertThat(VectorFile.render(Vectors.make()))
                .as("contracts/vectors/v1.json; a deliberate change is written with -Dcrema.vectors.write=true")
                .isEqualTo(VectorFile.text());
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldAgreeWithAnIndependentEncoder(String name) {
        var type = FILE.path(name);
        var signed = type.has("domain");
        var domain = FILE.path("domains").path(signed ? type.path("domain").asText() : "payment");
        for (var which : List.of("typical", "least", "greatest")) {
            var sample = type.path(which);
            var oracle = StructuredData.of(type.path("type").asText(), domain, sample.path("message"));
            assertThat(oracle.typeHash()).isEqualTo(hash(type, "typeHash"));
            assertThat(oracle.structHash()).as(which).isEqualTo(hash(sample, "structHash"));
            assertThat(oracle.separator()).isEqualTo(hash(domain, "separator"));
            if (signed) {
                assertThat(oracle.digest()).as(which).isEqualTo(hash(sample, "digest"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldBeDescribedInTheProtocolPage(String name) throws IOException {
        var page = Files.readString(
                VectorFile.path().resolveSibling("../../docs/protocol.md").normalize());
        assertThat(page).contains(FILE.path(name).path("type").asText());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void shouldSignAndRecoverAlikeWithEveryLibrary(Secp256k1 library) {
        List<JsonNode> signed = new ArrayList<>();
        types().map(FILE::path)
                .filter(type -> type.has("domain"))
                .forEach(
                        type -> List.of("typical", "least", "greatest").forEach(which -> signed.add(type.path(which))));
        FILE.path("run").path("sales").forEach(signed::add);
        assertThat(signed).hasSize(42);
        for (var sample : signed) {
            var digest = hash(sample, "digest");
            var key = Hex.decode("key", text(sample, "privateKey"), 32);
            var signature = Signature.fromHex(text(sample, "signature"));
            assertThat(library.sign(digest, key)).isEqualTo(signature);
            assertThat(library.recover(digest, signature)).contains(Address.fromHex(text(sample, "signer")));
            assertThat(Secp256k1.address(library.publicKey(key))).isEqualTo(Address.fromHex(text(sample, "signer")));
            assertThat(text(sample, "signature"))
                    .isEqualTo(text(sample, "r") + text(sample, "vs").substring(2));
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void shouldRefuseMalformedSignaturesWithEveryLibrary(Secp256k1 library) {
        for (var refused : FILE.path("refusedSignatures")) {
            assertThat(library.recover(hash(refused, "digest"), Signature.fromHex(text(refused, "signature"))))
                    .as(text(refused, "reason"))
                    .isEmpty();
        }
    }

    @Test
    void shouldChainTheHistoryFromTheChannelId() {
        var history = hash(FILE.path("run"), "channel");
        for (var sale : FILE.path("run").path("sales")) {
            assertThat(hash(sale, "previousHistory")).isEqualTo(history);
            history = Hash.of(org.web3j.crypto.Hash.sha3(Utils.readBytes(java.nio.ByteBuffer.allocate(64)
                    .put(history.bytes())
                    .put(hash(sale, "saleHash").bytes())
                    .flip())));
            assertThat(hash(sale.path("receipt"), "history")).isEqualTo(history);
        }
    }

    @Test
    void shouldProveEveryTariffItem() {
        for (var tariff : FILE.path("tariffs")) {
            for (var item : tariff.path("items")) {
                List<Hash> proof = new ArrayList<>();
                item.path("proof").forEach(node -> proof.add(Hash.fromHex(node.asText())));
                var product = ProductId.fromHex(text(item, "product"));
                var price = Amount.parse(text(item, "price"));
                assertThat(TariffItems.verify(hash(tariff, "root"), product, price, proof))
                        .isTrue();
                assertThat(TariffItems.verify(hash(tariff, "root"), product, price.plus(Amount.of(1)), proof))
                        .isFalse();
            }
        }
    }

    @Test
    void shouldPlaceKeysAsKafkaDoes() {
        var counts = FILE.path("partitions").path("counts");
        for (var entry : FILE.path("partitions").path("keys")) {
            var key = Hex.decode("key", text(entry, "key"));
            for (var i = 0; i < counts.size(); i++) {
                var count = counts.path(i).asInt();
                var expected = Utils.toPositive(Utils.murmur2(key)) % count;
                assertThat(entry.path("partitions").path(i).asInt()).isEqualTo(expected);
                assertThat(RecordKey.partition(key, count)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldParseAmountsAsTheFileSays() {
        FILE.path("amounts")
                .path("valid")
                .forEach(node -> assertThat(Amount.parse(node.asText())).hasToString(node.asText()));
        FILE.path("amounts")
                .path("refused")
                .forEach(node -> assertThatThrownBy(() -> Amount.parse(node.asText()))
                        .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class)
                        .hasMessageContaining(node.asText()));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static Hash hash(JsonNode node, String field) {
        return Hash.fromHex(text(node, field));
    }
}
