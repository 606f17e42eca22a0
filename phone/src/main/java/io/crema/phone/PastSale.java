package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;

/**
 * A line on the screen: what this phone paid.
 *
 * @param sequence of the receipt in its channel
 * @param time whole seconds since 1970
 * @param committed whether the machine has shown that the receipt counts
 */
public record PastSale(
        ChannelId channel,
        long sequence,
        MachineId machine,
        ProductId product,
        Amount price,
        Amount credit,
        long time,
        boolean committed) {
    static final int SIZE = 32 + 8 + 32 + 32 + 12 + 12 + 8 + 1;

    /** Channel and sequence: one receipt is one line, also when it was signed anew. */
    static final int KEY = 32 + 8;

    static PastSale of(OwnReceipt own) {
        var receipt = own.receipt().receipt().content();
        var sale = own.receipt().sale();
        return new PastSale(
                receipt.channel(),
                receipt.sequence(),
                sale.machine(),
                sale.product(),
                sale.price(),
                sale.credit(),
                sale.time(),
                own.committed());
    }

    byte[] encode() {
        return new ByteWriter()
                .hash(channel.value())
                .u64(sequence)
                .hash(machine.value())
                .hash(product.value())
                .amount(price)
                .amount(credit)
                .u64(time)
                .u8(committed ? 1 : 0)
                .toBytes();
    }

    static PastSale read(ByteReader in) {
        return new PastSale(
                new ChannelId(in.hash()),
                in.u64(),
                new MachineId(in.hash()),
                new ProductId(in.hash()),
                in.amount(),
                in.amount(),
                in.u64(),
                in.flag());
    }
}
