package io.crema.contracts.vectors;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Acceptance;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Claim;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.typed.Verdict;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.RequestId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The parties and values that the vectors are made of: each type once typical, once least, once greatest. */
final class Samples {
    /** A type of the protocol: its EIP-712 string by hand, its domain ("" = never signed) and who signs it. */
    record Type(
            String name,
            String type,
            String domain,
            String signer,
            TypedData typical,
            TypedData least,
            TypedData greatest) {}

    static final List<String> KEYS = List.of("customer", "employee", "machine", "manufacturer", "provider", "supplier");
    static final Map<String, String> CONTRACTS = Map.of(
            "payment", "PaymentProvider",
            "rental", "RentalProvider",
            "maintenance", "MaintenanceProvider",
            "supply", "SupplyProvider");
    private static final Map<String, Domain> DOMAINS = Map.of(
            "payment", new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3")),
            "rental", new Domain(31337, Address.fromHex("0xe7f1725e7734ce288f8367e1bb143e90bb3f0512")),
            "maintenance", new Domain(31337, Address.fromHex("0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0")),
            "supply", new Domain(31337, Address.fromHex("0xdc64a140aa3e981100a9beca4e685f962f0cf6c9")));

    static final Address CUSTOMER = key("customer").address();
    static final Address EMPLOYEE = key("employee").address();
    static final Address MANUFACTURER = key("manufacturer").address();
    static final ChannelId CHANNEL = ChannelId.of(CUSTOMER, MANUFACTURER, 7);
    static final MachineId MACHINE = MachineId.of(MANUFACTURER, "CM-0000000001");

    private static final Address TOKEN = Address.fromHex("0xcf7ed3acca5a467e9e704c703e8d87f634fb0fc9");
    static final Address LAST_ADDRESS = Address.fromHex("0x" + "ff".repeat(20));
    static final Hash LAST_HASH = Hash.fromHex("0x" + "ff".repeat(32));
    private static final MachineId NO_MACHINE = new MachineId(Hash.ZERO);
    static final MachineId LAST_MACHINE = new MachineId(LAST_HASH);
    private static final ChannelId LAST_CHANNEL = new ChannelId(LAST_HASH);
    static final long U32 = 0xffffffffL;
    static final long U63 = Long.MAX_VALUE;
    static final BigInteger U256 = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    static final long NOON = 1_790_000_000L;

    private Samples() {}

    static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("crema vector key " + name).bytes());
    }

    static Domain domain(String name) {
        var domain = DOMAINS.get(name);
        if (domain == null) {
            throw new IllegalArgumentException("no domain " + name);
        }
        return domain;
    }

    static List<Sale> sales() {
        return List.of(
                sale("Espresso", 1_500_000, 0, 0),
                sale("Latte", 2_500_000, 1_500_000, 60),
                sale("Espresso", 1_500_000, 1_500_000, 3_600));
    }

    private static Sale sale(String product, long price, long credit, long after) {
        return new Sale(
                MACHINE,
                ProductId.named(product),
                Amount.of(price),
                Amount.of(credit),
                EMPLOYEE,
                3,
                NOON + after,
                TypedData.keccak("salt " + after));
    }

    static Receipt receipt() {
        return ChannelHead.start(CHANNEL).next(sales().getFirst());
    }

    static List<Type> types() {
        return List.of(
                receipts(),
                sale(),
                badge(),
                placement(),
                tariff(),
                failure(),
                offer(),
                terms(),
                acceptance(),
                attestation(),
                SampleAgreements.serviceAgreement(),
                SampleAgreements.supplyAgreement(),
                revocations(),
                telemetry(),
                claim());
    }

    private static Type receipts() {
        return new Type(
                "receipt",
                "Receipt(bytes32 channel,uint64 sequence,uint96 total,bytes32 history)",
                "payment",
                "employee",
                receipt(),
                new Receipt(Badge.ALL_CHANNELS, 0, Amount.ZERO, Hash.ZERO),
                new Receipt(LAST_CHANNEL, U63, Amount.MAX, LAST_HASH));
    }

    private static Type sale() {
        return new Type(
                "sale",
                "Sale(bytes32 machine,bytes32 product,uint96 price,uint96 credit,address employee,uint32 tariff,uint64 time,bytes32 salt)",
                "",
                "",
                sales().get(1),
                new Sale(NO_MACHINE, new ProductId(Hash.ZERO), Amount.ZERO, Amount.ZERO, Address.ZERO, 0, 0, Hash.ZERO),
                new Sale(
                        LAST_MACHINE,
                        new ProductId(LAST_HASH),
                        Amount.MAX,
                        Amount.MAX,
                        LAST_ADDRESS,
                        U32,
                        U63,
                        LAST_HASH));
    }

    private static Type badge() {
        return new Type(
                "badge",
                "Badge(address customer,address employee,bytes32 channel,uint96 maxTotal,uint32 epoch,uint64 validFrom,uint64 validUntil)",
                "payment",
                "customer",
                new Badge(CUSTOMER, EMPLOYEE, CHANNEL, Amount.of(100_000_000), 2, NOON - 3_600, NOON + 2_592_000),
                new Badge(Address.ZERO, Address.ZERO, Badge.ALL_CHANNELS, Amount.ZERO, 0, 0, 0),
                new Badge(LAST_ADDRESS, LAST_ADDRESS, LAST_CHANNEL, Amount.MAX, U32, U63, U63));
    }

    private static Type placement() {
        return new Type(
                "placement",
                "Placement(bytes32 channel,bytes32 machine,address machineKey,address token,uint8 decimals,uint64 validUntil)",
                "payment",
                "customer",
                new Placement(CHANNEL, MACHINE, key("machine").address(), TOKEN, 6, NOON + 31_536_000),
                new Placement(Badge.ALL_CHANNELS, NO_MACHINE, Address.ZERO, Address.ZERO, 0, 0),
                new Placement(LAST_CHANNEL, LAST_MACHINE, LAST_ADDRESS, LAST_ADDRESS, 255, U63));
    }

    private static Type tariff() {
        return new Type(
                "tariff",
                "Tariff(bytes32 machine,uint32 version,uint64 validFrom,bytes32 items)",
                "payment",
                "manufacturer",
                new Tariff(MACHINE, 3, NOON, TypedData.keccak("items")),
                new Tariff(NO_MACHINE, 0, 0, Hash.ZERO),
                new Tariff(LAST_MACHINE, U32, U63, LAST_HASH));
    }

    private static Type failure() {
        return new Type(
                "failure",
                "Failure(bytes32 channel,uint64 sequence,uint96 amount)",
                "payment",
                "machine",
                new Failure(CHANNEL, 1, Amount.of(1_500_000)),
                new Failure(Badge.ALL_CHANNELS, 0, Amount.ZERO),
                new Failure(LAST_CHANNEL, U63, Amount.MAX));
    }

    private static final String TERMS =
            "Terms(address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document)";
    private static final Terms SOME_TERMS = new Terms(
            TOKEN,
            Amount.of(50_000_000),
            604_800,
            15_552_000,
            2_592_000,
            Amount.of(2_000_000),
            Amount.of(40_000_000),
            Amount.of(200_000_000),
            TypedData.keccak("document"));
    private static final Terms LEAST_TERMS =
            new Terms(Address.ZERO, Amount.ZERO, 0, 0, 0, Amount.ZERO, Amount.ZERO, Amount.ZERO, Hash.ZERO);
    private static final Terms LAST_TERMS =
            new Terms(LAST_ADDRESS, Amount.MAX, U32, U63, U32, Amount.MAX, Amount.MAX, Amount.MAX, LAST_HASH);

    private static Type terms() {
        return new Type("terms", TERMS, "", "", SOME_TERMS, LEAST_TERMS, LAST_TERMS);
    }

    private static Type offer() {
        return new Type(
                "offer",
                "Offer(address manufacturer,address customer,bytes32 machine,Terms terms,uint64 validUntil,uint256 nonce)"
                        + TERMS,
                "rental",
                "manufacturer",
                new Offer(MANUFACTURER, CUSTOMER, MACHINE, SOME_TERMS, NOON + 604_800, BigInteger.valueOf(42)),
                new Offer(Address.ZERO, Address.ZERO, NO_MACHINE, LEAST_TERMS, 0, BigInteger.ZERO),
                new Offer(LAST_ADDRESS, LAST_ADDRESS, LAST_MACHINE, LAST_TERMS, U63, U256));
    }

    private static Type acceptance() {
        var offer = offer().typical();
        return new Type(
                "acceptance",
                "Acceptance(bytes32 offer,uint96 deposit,uint64 validUntil)",
                "rental",
                "customer",
                new Acceptance(domain("rental").digest(offer), Amount.of(60_000_000), NOON + 86_400),
                new Acceptance(Hash.ZERO, Amount.ZERO, 0),
                new Acceptance(LAST_HASH, Amount.MAX, U63));
    }

    private static Type attestation() {
        return new Type(
                "attestation",
                "Attestation(bytes32 machine,bytes32 subject,uint8 verdict,uint64 time,bytes32 evidence)",
                "maintenance",
                "machine",
                new Attestation(
                        MACHINE,
                        RequestId.of(MACHINE, TypedData.keccak("boiler too hot"))
                                .value(),
                        Verdict.FIXED.code(),
                        NOON,
                        TypedData.keccak("evidence")),
                new Attestation(NO_MACHINE, Hash.ZERO, 0, 0, Hash.ZERO),
                new Attestation(LAST_MACHINE, LAST_HASH, 255, U63, LAST_HASH));
    }

    private static Type revocations() {
        return new Type(
                "revocations",
                "Revocations(address customer,uint32 epoch,uint64 version,bytes32 list)",
                "payment",
                "customer",
                new Revocations(CUSTOMER, 2, 5, Revocations.list(List.of(TypedData.keccak("one badge")))),
                new Revocations(Address.ZERO, 0, 0, Hash.ZERO),
                new Revocations(LAST_ADDRESS, U32, U63, LAST_HASH));
    }

    private static Type claim() {
        return new Type(
                "claim",
                "Claim(bytes32 machine,address machineKey,bytes32 certificate,uint32 version)",
                "maintenance",
                "manufacturer",
                new Claim(MACHINE, key("machine").address(), TypedData.keccak("certificate"), 1),
                new Claim(NO_MACHINE, Address.ZERO, Hash.ZERO, 0),
                new Claim(LAST_MACHINE, LAST_ADDRESS, LAST_HASH, U32));
    }

    private static Type telemetry() {
        return new Type(
                "telemetryBatch",
                "TelemetryBatch(bytes32 machine,uint64 sequence,bytes32 previous,bytes32 body)",
                "maintenance",
                "machine",
                new TelemetryBatch(MACHINE, 1, Hash.ZERO, TypedData.keccak("body")),
                new TelemetryBatch(NO_MACHINE, 0, Hash.ZERO, Hash.ZERO),
                new TelemetryBatch(LAST_MACHINE, U63, LAST_HASH, LAST_HASH));
    }
}
