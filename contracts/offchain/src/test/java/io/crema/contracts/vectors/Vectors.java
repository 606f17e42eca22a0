package io.crema.contracts.vectors;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.settlement.EffectKind;
import io.crema.contracts.settlement.Effects;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.RequestId;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the content of the vector file from our own code; deterministic. */
final class Vectors {
    static final int[] PARTITION_COUNTS = {1, 2, 4, 6, 12};

    private Vectors() {}

    static Map<String, Object> make() {
        Map<String, Object> root = new TreeMap<>();
        root.put("version", "1");
        root.put("amounts", amounts());
        root.put("channels", Identifiers.channels());
        root.put("domains", domains());
        root.put("downtimes", Identifiers.downtimes());
        root.put("effects", effects());
        root.put("keys", keys());
        root.put("orders", Identifiers.orders());
        root.put("machines", Identifiers.machines());
        root.put("partitions", partitions());
        root.put("products", Identifiers.products());
        root.put("refusedSignatures", refusedSignatures());
        root.put("requests", Identifiers.requests());
        root.put("revocationLists", revocationLists());
        root.put("run", run());
        root.put("shipments", Identifiers.shipments());
        root.put("tariffs", List.of(tariff(1), tariff(2), tariff(3), tariff(4), tariff(5), tariff(7)));
        for (var type : Samples.types()) {
            root.put(type.name(), type(type));
        }
        root.put("verdicts", verdicts());
        return root;
    }

    private static Map<String, Object> type(Samples.Type type) {
        Map<String, Object> out = new TreeMap<>();
        out.put("type", type.type());
        out.put("typeHash", TypedData.keccak(type.type()).hex());
        if (!type.domain().isEmpty()) {
            out.put("domain", type.domain());
        }
        out.put("typical", sample(type, type.typical()));
        out.put("least", sample(type, type.least()));
        out.put("greatest", sample(type, type.greatest()));
        return out;
    }

    private static Map<String, Object> sample(Samples.Type type, TypedData data) {
        Map<String, Object> out = new TreeMap<>();
        out.put("message", message(data));
        out.put("structHash", data.structHash().hex());
        if (!type.domain().isEmpty()) {
            sign(out, type.domain(), data, Samples.key(type.signer()));
        }
        return out;
    }

    private static void sign(Map<String, Object> out, String domain, TypedData data, SigningKey key) {
        var digest = Samples.domain(domain).digest(data);
        var signature = key.sign(digest);
        out.put("digest", digest.hex());
        out.put("signer", key.address().hex());
        out.put("privateKey", Hex.encode(key.privateKey()));
        out.put("signature", signature.hex());
        out.put("r", Hex.encode(signature.r()));
        out.put("vs", Hex.encode(signature.vs()));
    }

    /** A record's components by name: hex for bytes, decimal strings for numbers. */
    private static Map<String, Object> message(Object data) {
        Map<String, Object> out = new TreeMap<>();
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            try {
                var value = component.getAccessor().invoke(data);
                out.put(component.getName(), value instanceof TypedData nested ? message(nested) : value.toString());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return out;
    }

    private static Map<String, Object> domains() {
        Map<String, Object> out = new TreeMap<>();
        for (var name : List.of("payment", "rental", "maintenance", "supply")) {
            Domain domain = Samples.domain(name);
            out.put(
                    name,
                    Map.of(
                            "contract", Samples.CONTRACTS.get(name),
                            "name", "Crema",
                            "version", "1",
                            "chainId", Long.toString(domain.chainId()),
                            "verifyingContract", domain.verifyingContract().hex(),
                            "separator", domain.separator().hex()));
        }
        return out;
    }

    private static Map<String, Object> keys() {
        Map<String, Object> out = new TreeMap<>();
        for (var name : Samples.KEYS) {
            var key = Samples.key(name);
            out.put(name, Map.of("address", key.address().hex(), "privateKey", Hex.encode(key.privateKey())));
        }
        return out;
    }

    private static Map<String, Object> verdicts() {
        Map<String, Object> out = new TreeMap<>();
        for (var verdict : Verdict.values()) {
            out.put(verdict.name(), Integer.toString(verdict.code()));
        }
        return out;
    }

    private static List<Map<String, Object>> effects() {
        var fault = TypedData.keccak("boiler too hot");
        var payment = Samples.domain("payment");
        var maintenance = Samples.domain("maintenance");
        var total = Hash.of(new Words(1).amount(Amount.of(4_000_000)).toBytes());
        return List.of(
                effect(payment, EffectKind.REDEEM, Samples.CHANNEL.value(), total),
                effect(
                        maintenance,
                        EffectKind.REQUEST_SERVICE,
                        RequestId.of(Samples.MACHINE, fault).value(),
                        fault));
    }

    private static Map<String, Object> effect(Domain domain, EffectKind kind, Hash subject, Hash value) {
        var id = Effects.effect(domain.chainId(), domain.verifyingContract(), kind, subject, value);
        return Map.of(
                "chainId", Long.toString(domain.chainId()),
                "contract", domain.verifyingContract().hex(),
                "kind", kind.name(),
                "kindHash", kind.hash().hex(),
                "subject", subject.hex(),
                "value", value.hex(),
                "id", id.hex(),
                "intents",
                        List.of(
                                Effects.intent(id, 1).hex(),
                                Effects.intent(id, 2).hex()));
    }

    private static List<Map<String, Object>> revocationLists() {
        var one = TypedData.keccak("one badge");
        var two = TypedData.keccak("another badge");
        List<Map<String, Object>> out = new ArrayList<>();
        for (var badges : List.of(List.<Hash>of(), List.of(one), List.of(one, two), List.of(two, one, two))) {
            out.add(Map.of(
                    "badges", badges.stream().map(Hash::hex).toList(),
                    "list", Revocations.list(badges).hex()));
        }
        return out;
    }

    private static Map<String, Object> amounts() {
        return Map.of(
                "valid", List.of("0", "1", "1000000", "9223372036854775808", Amount.MAX.toString()),
                "refused",
                        List.of(
                                "",
                                "-1",
                                "+1",
                                "1.0",
                                "1e3",
                                "0x1",
                                " 1",
                                "1_000",
                                "\u0661",
                                Amount.MAX.value().add(BigInteger.ONE).toString()));
    }

    /** Three sales of one channel: plain, with a credit, and a gift (credit = price). */
    private static Map<String, Object> run() {
        List<Map<String, Object>> sales = new ArrayList<>();
        var head = ChannelHead.start(Samples.CHANNEL);
        for (Sale sale : Samples.sales()) {
            var receipt = head.next(sale);
            Map<String, Object> out = new TreeMap<>();
            out.put("sale", message(sale));
            out.put("saleHash", sale.structHash().hex());
            out.put("previousHistory", head.history().hex());
            out.put("receipt", message(receipt));
            out.put("structHash", receipt.structHash().hex());
            sign(out, "payment", receipt, Samples.key("employee"));
            sales.add(out);
            head = ChannelHead.at(receipt);
        }
        return Map.of("channel", Samples.CHANNEL.toString(), "sales", sales);
    }

    private static Map<String, Object> tariff(int size) {
        Map<ProductId, Amount> prices = new TreeMap<>();
        Map<ProductId, String> names = new TreeMap<>();
        for (var i = 1; i <= size; i++) {
            prices.put(ProductId.named("Product " + i), Amount.of(1_000_000 + 250_000L * i));
            names.put(ProductId.named("Product " + i), "Product " + i);
        }
        var items = new TariffItems(prices);
        List<Map<String, Object>> out = new ArrayList<>();
        prices.forEach((product, price) -> out.add(Map.of(
                "name", names.getOrDefault(product, ""),
                "product", product.toString(),
                "price", price.toString(),
                "leaf",
                        Keccak.hash(new Words(2)
                                        .hash(product.value())
                                        .amount(price)
                                        .keccak()
                                        .bytes())
                                .hex(),
                "proof", items.proof(product).stream().map(Hash::hex).toList())));
        return Map.of("items", out, "root", items.root().hex());
    }

    private static Map<String, Object> partitions() {
        List<Map<String, Object>> keys = new ArrayList<>();
        for (var i = 0; i < 8; i++) {
            keys.add(placed(
                    "channel",
                    ChannelId.of(Samples.CUSTOMER, Samples.MANUFACTURER, i).bytes()));
            keys.add(placed(
                    "machine", MachineId.of(Samples.MANUFACTURER, "CM-" + i).bytes()));
            keys.add(placed(
                    "account",
                    SigningKey.of(TypedData.keccak("account " + i).bytes())
                            .address()
                            .bytes()));
        }
        List<String> counts = new ArrayList<>();
        for (var count : PARTITION_COUNTS) {
            counts.add(Integer.toString(count));
        }
        return Map.of("counts", counts, "keys", keys);
    }

    private static Map<String, Object> placed(String kind, byte[] key) {
        List<String> partitions = new ArrayList<>();
        for (var count : PARTITION_COUNTS) {
            partitions.add(Integer.toString(RecordKey.partition(key, count)));
        }
        return Map.of(
                "kind",
                kind,
                "key",
                Hex.encode(key),
                "murmur2",
                Integer.toString(RecordKey.murmur2(key) & 0x7fffffff),
                "partitions",
                partitions);
    }

    /** 64 bytes that no one may take for a signature; the high s would recover to some address if s were not checked. */
    private static List<Map<String, Object>> refusedSignatures() {
        var digest = Samples.domain("payment").digest(Samples.receipt());
        var good = Samples.key("employee").sign(digest);
        var order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        var r = new BigInteger(1, good.r());
        var s = new BigInteger(1, good.s());
        return List.of(
                refused(
                        "s is just above half the order",
                        digest,
                        r,
                        order.shiftRight(1).add(BigInteger.ONE)),
                refused(
                        "s is the highest that 255 bits hold",
                        digest,
                        r,
                        BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE)),
                refused("s is zero", digest, r, BigInteger.ZERO),
                refused("r is zero", digest, BigInteger.ZERO, s),
                refused("r is the order", digest, order, s),
                refused("r is no point's x", digest, BigInteger.valueOf(5), s),
                refused("all zero", digest, BigInteger.ZERO, BigInteger.ZERO));
    }

    private static Map<String, Object> refused(String reason, Hash digest, BigInteger r, BigInteger s) {
        var words = new Words(2).unsigned(r).unsigned(s).toBytes();
        return Map.of(
                "reason", reason,
                "digest", digest.hex(),
                "signature", Hex.encode(words),
                "r", Hex.encode(new Words(1).unsigned(r).toBytes()),
                "vs", Hex.encode(new Words(1).unsigned(s).toBytes()));
    }
}
