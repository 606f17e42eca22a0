package io.crema.contracts.channel;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;

/**
 * Where a channel stands after its newest receipt, and the one way on from there. Immutable.
 *
 * @param sequence of the newest receipt; 0 before the first
 * @param total the channel's cumulative total, smallest unit
 * @param history the hash chain so far; the channel id before the first sale
 */
public record ChannelHead(ChannelId channel, long sequence, Amount total, Hash history) {

    /** Before the first receipt. */
    public static ChannelHead start(ChannelId channel) {
        return new ChannelHead(channel, 0, Amount.ZERO, channel.value());
    }

    /** After the given receipt. */
    public static ChannelHead at(Receipt receipt) {
        return new ChannelHead(receipt.channel(), receipt.sequence(), receipt.total(), receipt.history());
    }

    /**
     * The only receipt that may follow with this sale.
     *
     * @throws ArithmeticException when the credit exceeds the price or the total leaves uint96
     */
    public Receipt next(Sale sale) {
        return next(sale, sale.structHash());
    }

    private Receipt next(Sale sale, Hash saleHash) {
        return new Receipt(
                channel,
                sequence + 1,
                total.plus(sale.price().minus(sale.credit())),
                Keccak.hash(history.bytes(), saleHash.bytes()));
    }

    /** Whether the receipt with its sale is the one that follows this head. */
    public boolean isFollowedBy(Receipt receipt, Sale sale) {
        return isFollowedBy(receipt, sale, sale.structHash());
    }

    /** The same. @param saleHash the sale's struct hash, where the caller has it already */
    public boolean isFollowedBy(Receipt receipt, Sale sale, Hash saleHash) {
        return receipt.sequence() == sequence + 1
                && !sale.credit().exceeds(sale.price())
                && Amount.MAX.minus(total).compareTo(sale.price().minus(sale.credit())) >= 0
                && next(sale, saleHash).equals(receipt);
    }
}
