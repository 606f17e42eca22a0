package io.crema.bench.throughput;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.Signature;
import io.crema.events.ChannelOpened;
import io.crema.events.Origin;
import io.crema.schemas.convert.Convert;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Channels with their customers, employees and machines, the same in each run. Threads may sell at the same time, as
 * long as each keeps to channels of its own.
 */
public final class Fleet {
    public static final Domain PAYMENT =
            new Domain(31337, Address.fromHex("0x5fbdb2315678afecb367f032d93f642f64180aa3"));
    private static final long NOON = 1_790_000_000L;
    private static final int CHANNELS_PER_CUSTOMER = 10;
    private static final Amount PRICE = Amount.of(500_000);
    private static final BigDecimal DEPOSIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final Address PAYEE = key("payee").address();
    private static final ProductId ESPRESSO = ProductId.named("Espresso");
    private static final SigningKey[] EMPLOYEES =
            IntStream.range(0, 40).mapToObj(i -> key("employee " + i)).toArray(SigningKey[]::new);

    private final int channels;
    private final int[] sold;
    private final byte[] histories;
    private final byte[] badgeSignatures;
    private final SigningKey[] customers;

    public Fleet(int channels) {
        this.channels = channels;
        sold = new int[channels];
        histories = new byte[channels * Hash.LENGTH];
        badgeSignatures = new byte[channels * Signature.LENGTH];
        customers = IntStream.rangeClosed(0, (channels - 1) / CHANNELS_PER_CUSTOMER)
                .parallel()
                .mapToObj(i -> key("customer " + i))
                .toArray(SigningKey[]::new);
    }

    public int channels() {
        return channels;
    }

    /** What the chain tells of the channel. */
    public ChannelOpened opened(int channel) {
        var origin = new Origin(
                PAYMENT.chainId(),
                Convert.bytes20(PAYMENT.verifyingContract()),
                channel + 1L,
                Convert.bytes32(TypedData.keccak("block " + channel)),
                Instant.ofEpochSecond(NOON - 86_400),
                Convert.bytes32(TypedData.keccak("transaction " + channel)),
                0);
        return new ChannelOpened(
                Convert.bytes32(id(channel)),
                origin,
                Convert.bytes20(customer(channel).address()),
                Convert.bytes20(PAYEE),
                (long) channel,
                DEPOSIT,
                4_320);
    }

    public ChannelId id(int channel) {
        return ChannelId.of(customer(channel).address(), PAYEE, channel);
    }

    /**
     * The channel's next receipt.
     *
     * @param freshBadge with a badge that nobody has seen before, not the channel's own
     */
    public SignedReceipt sell(int channel, boolean freshBadge) {
        var customer = customer(channel);
        var id = ChannelId.of(customer.address(), PAYEE, channel);
        var employee = EMPLOYEES[channel % EMPLOYEES.length];
        var count = sold[channel];
        var head = count == 0
                ? ChannelHead.start(id)
                : new ChannelHead(id, count, PRICE.times(count), Hash.of(slice(histories, channel, Hash.LENGTH)));
        var sale = new Sale(
                MachineId.of(PAYEE, "CM-" + channel),
                ESPRESSO,
                PRICE,
                Amount.ZERO,
                employee.address(),
                1,
                NOON + count,
                TypedData.keccak("salt " + channel + " " + count));
        var receipt = head.next(sale);
        receipt.history().copyTo(histories, channel * Hash.LENGTH);
        sold[channel] = count + 1;
        var badge = freshBadge ? freshBadge(channel, count, employee, customer) : ownBadge(channel, employee, customer);
        return new SignedReceipt(TypedData.sign(receipt, PAYMENT, employee), sale, Optional.of(badge));
    }

    private Signed<Badge> freshBadge(int channel, int count, SigningKey employee, SigningKey customer) {
        return TypedData.sign(badge(channel, employee, customer, count + 1), PAYMENT, customer);
    }

    private Signed<Badge> ownBadge(int channel, SigningKey employee, SigningKey customer) {
        var badge = badge(channel, employee, customer, 0);
        var known = slice(badgeSignatures, channel, Signature.LENGTH);
        if (!Arrays.equals(known, new byte[Signature.LENGTH])) {
            return new Signed<>(badge, Signature.of(known));
        }
        var signed = TypedData.sign(badge, PAYMENT, customer);
        System.arraycopy(signed.signature().bytes(), 0, badgeSignatures, channel * Signature.LENGTH, Signature.LENGTH);
        return signed;
    }

    private Badge badge(int channel, SigningKey employee, SigningKey customer, long nonce) {
        return new Badge(
                customer.address(),
                employee.address(),
                id(channel),
                Amount.MAX,
                0,
                NOON - 86_400,
                NOON + 31_536_000 + nonce);
    }

    private SigningKey customer(int channel) {
        return customers[channel / CHANNELS_PER_CUSTOMER];
    }

    private static SigningKey key(String name) {
        return SigningKey.of(TypedData.keccak("crema throughput key " + name).bytes());
    }

    private static byte[] slice(byte[] all, int index, int size) {
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }
}
