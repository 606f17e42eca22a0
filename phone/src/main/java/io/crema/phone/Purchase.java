package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;

/**
 * What a machine asked to be paid and the employee has to agree to.
 *
 * @param channel who pays, by its channel
 * @param credit what the machine owes from earlier and takes off the price
 * @param time when it was asked, or agreed to: whole seconds since 1970
 */
public record Purchase(
        ChannelId channel, MachineId machine, ProductId product, Amount price, Amount credit, long time) {

    static Purchase of(ChannelId channel, Sale sale, long time) {
        return new Purchase(channel, sale.machine(), sale.product(), sale.price(), sale.credit(), time);
    }

    /** The same thing at the same price, whenever it was asked. */
    public boolean isSameAs(Purchase other) {
        return at(0).equals(other.at(0));
    }

    Purchase at(long when) {
        return new Purchase(channel, machine, product, price, credit, when);
    }

    byte[] encode() {
        return new ByteWriter()
                .hash(channel.value())
                .hash(machine.value())
                .hash(product.value())
                .amount(price)
                .amount(credit)
                .u64(time)
                .toBytes();
    }

    static Purchase decode(byte[] bytes) {
        return ByteReader.whole(
                bytes,
                in -> new Purchase(
                        new ChannelId(in.hash()),
                        new MachineId(in.hash()),
                        new ProductId(in.hash()),
                        in.amount(),
                        in.amount(),
                        in.u64()));
    }
}
