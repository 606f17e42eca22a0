package io.crema.chain.vectors;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.Acceptance;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Failure;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.ServiceAgreement;
import io.crema.contracts.typed.SupplyAgreement;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TelemetryBatch;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

/** Values of every signed type, fields at their bounds more often than chance has it. Not thread-safe. */
final class RandomValues {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final BigInteger TOP_BIT = BigInteger.ONE.shiftLeft(255);

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    TypedData of(Kind kind) {
        return switch (kind) {
            case RECEIPT -> new Receipt(channel(), number(63), amount(), hash());
            case SALE -> sale();
            case BADGE -> new Badge(address(), address(), channel(), amount(), number(32), number(63), number(63));
            case PLACEMENT -> new Placement(channel(), machine(), address(), address(), small(), number(63));
            case TARIFF -> new Tariff(machine(), number(32), number(63), hash());
            case FAILURE -> new Failure(channel(), number(63), amount());
            case REVOCATIONS -> new Revocations(address(), number(32), number(63), hash());
            case TERMS -> terms();
            case OFFER -> new Offer(address(), address(), machine(), terms(), number(63), unsigned(256));
            case ACCEPTANCE -> new Acceptance(hash(), amount(), number(63));
            case ATTESTATION -> new Attestation(machine(), hash(), small(), number(63), hash());
            case TELEMETRY_BATCH -> new TelemetryBatch(machine(), number(63), hash(), hash());
            case SERVICE_AGREEMENT -> serviceAgreement();
            case SUPPLY_AGREEMENT -> supplyAgreement();
        };
    }

    /** One of many whose prices add up to an amount. */
    Sale smallSale() {
        var price = Amount.of(number(32));
        return new Sale(machine(), product(), price, price, address(), number(32), number(63), hash());
    }

    private Sale sale() {
        return new Sale(machine(), product(), amount(), amount(), address(), number(32), number(63), hash());
    }

    private Terms terms() {
        return new Terms(address(), amount(), number(32), number(63), number(32), amount(), amount(), amount(), hash());
    }

    private ServiceAgreement serviceAgreement() {
        return new ServiceAgreement(
                address(),
                address(),
                machine(),
                amount(),
                amount(),
                amount(),
                amount(),
                amount(),
                number(32),
                number(32),
                number(32),
                amount(),
                number(63),
                unsigned(256),
                hash());
    }

    private SupplyAgreement supplyAgreement() {
        return new SupplyAgreement(
                address(),
                address(),
                hash(),
                amount(),
                number(32),
                number(32),
                amount(),
                amount(),
                number(32),
                amount(),
                number(63),
                unsigned(256),
                hash());
    }

    /** The words of a struct, as Solidity decodes it: the record's components in their order. */
    static Words words(Object value, Words words) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                switch (component.getAccessor().invoke(value)) {
                    case Address address -> words.address(address);
                    case Hash hash -> words.hash(hash);
                    case ChannelId id -> words.hash(id.value());
                    case MachineId id -> words.hash(id.value());
                    case ProductId id -> words.hash(id.value());
                    case Amount amount -> words.amount(amount);
                    case Long number -> words.u64(number);
                    case Integer number -> words.u64(number);
                    case BigInteger number -> words.unsigned(number);
                    case TypedData nested -> words(nested, words);
                    case Object other -> throw new IllegalStateException("no word for " + other);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return words;
    }

    SigningKey key() {
        return SigningKey.of(new Words(1)
                .unsigned(bits(256).mod(ORDER.subtract(BigInteger.ONE)).add(BigInteger.ONE))
                .toBytes());
    }

    /** The signature as it is, six times in ten; else something that came of it or replaces it. */
    Signature perhapsSpoilt(Signature good) {
        var r = new BigInteger(1, good.r());
        var vs = new BigInteger(1, good.vs());
        return switch (random.nextInt(20)) {
            case 0 -> signature(r.flipBit(random.nextInt(256)), vs);
            case 1 -> signature(r, vs.flipBit(random.nextInt(256)));
            case 2 -> signature(r, vs.xor(TOP_BIT));
            // above half the order, as far as 255 bits go: another signer would recover if s were not checked
            case 3 ->
                signature(
                        r,
                        ORDER.shiftRight(1).add(BigInteger.ONE).add(bits(100)).or(vs.and(TOP_BIT)));
            case 4 -> signature(ORDER.add(bits(random.nextInt(129))).min(unsigned256()), vs);
            case 5 -> signature(BigInteger.ZERO, vs);
            case 6 -> signature(r, vs.and(TOP_BIT));
            case 7 -> signature(bits(256), bits(256));
            default -> good;
        };
    }

    private static BigInteger unsigned256() {
        return TOP_BIT.shiftLeft(1).subtract(BigInteger.ONE);
    }

    private static Signature signature(BigInteger r, BigInteger vs) {
        return Signature.of(new Words(2).unsigned(r).unsigned(vs).toBytes());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Address address() {
        return Address.of(bytes(Address.LENGTH));
    }

    Hash hash() {
        return Hash.of(bytes(Hash.LENGTH));
    }

    ChannelId channel() {
        return new ChannelId(hash());
    }

    MachineId machine() {
        return new MachineId(hash());
    }

    private ProductId product() {
        return new ProductId(hash());
    }

    Amount amount() {
        return new Amount(unsigned(Amount.BITS));
    }

    private int small() {
        return unsigned(8).intValueExact();
    }

    long number(int bits) {
        return unsigned(bits).longValueExact();
    }

    String text() {
        var text = new StringBuilder();
        for (var length = random.nextInt(80); text.length() < length; ) {
            text.appendCodePoint(random.nextInt(10) == 0 ? 0x2615 : 32 + random.nextInt(95));
        }
        return text.toString();
    }

    private BigInteger unsigned(int bits) {
        var greatest = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return switch (random.nextInt(10)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> greatest;
            case 3 -> bits(random.nextInt(bits + 1));
            default -> bits(bits);
        };
    }

    private BigInteger bits(int bits) {
        return new BigInteger(bits, random);
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        switch (random.nextInt(12)) {
            case 0 -> {}
            case 1 -> Arrays.fill(bytes, (byte) 0xff);
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }
}
