package io.crema.edge.node;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning.PricedTariff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** Facts as bytes, for the machine's own disk: a type, then the values in the tap protocol's forms. */
final class FactCodec {
    private static final int BLOCK = 1;
    private static final int CHANNEL = 2;
    private static final int CUSTOMER = 3;
    private static final int PRICED = 4;
    private static final int PLACED = 5;
    private static final int REVOKED = 6;
    private static final int RENTED = 7;
    private static final int SNAPSHOT = 9;

    private FactCodec() {}

    static byte[] encode(Fact fact) {
        return write(new ByteWriter(), fact).toBytes();
    }

    /** All that is known, at the start of a segment. */
    static byte[] snapshot(List<Fact> facts) {
        var out = new ByteWriter().u8(SNAPSHOT).u16(facts.size());
        facts.forEach(fact -> write(out, fact));
        return out.toBytes();
    }

    /** One fact, or those of a snapshot. */
    static List<Fact> decode(byte[] bytes) {
        return ByteReader.whole(bytes, in -> {
            var type = in.u8();
            if (type != SNAPSHOT) {
                return List.of(read(type, in));
            }
            var facts = new ArrayList<Fact>();
            for (var left = in.u16(); left > 0; left--) {
                facts.add(read(in.u8(), in));
            }
            return facts;
        });
    }

    private static ByteWriter write(ByteWriter out, Fact fact) {
        return switch (fact) {
            case Fact.Block it -> out.u8(BLOCK).u64(it.number()).u64(it.time().getEpochSecond());
            case Fact.Rented it ->
                out.u8(RENTED)
                        .u64(it.block())
                        .address(it.customer())
                        .address(it.payee())
                        .u64(it.index());
            case Fact.ChannelStanding it -> {
                out.u8(CHANNEL).u64(it.block()).hash(it.channel().value());
                out.amount(it.deposited()).amount(it.redeemed()).u32(it.challengePeriodMinutes());
                out.u64(it.closeAt().map(Instant::getEpochSecond).orElse(0L));
                yield out.u8(it.closed() ? 1 : 0);
            }
            case Fact.CustomerStanding it ->
                out.u8(CUSTOMER)
                        .u64(it.block())
                        .address(it.customer())
                        .u32(it.epoch())
                        .address(it.signer());
            case Fact.Priced it -> priced(out.u8(PRICED), it);
            case Fact.Placed it -> out.u8(PLACED).placement(it.placement());
            case Fact.Revoked it -> {
                var list = it.list().content();
                out.u8(REVOKED).address(list.customer()).u32(list.epoch()).u64(list.version());
                out.hash(list.list())
                        .signature(it.list().signature())
                        .u16(it.badges().size());
                it.badges().forEach(out::hash);
                yield out;
            }
        };
    }

    private static ByteWriter priced(ByteWriter out, Fact.Priced it) {
        out.tariff(it.tariff().tariff()).u16(it.tariff().prices().size());
        it.tariff()
                .prices()
                .forEach((product, price) -> out.hash(product.value()).amount(price));
        out.u16(it.names().size());
        it.names().forEach((product, name) -> JournalCodec.text(out.hash(product.value()), name));
        return out;
    }

    private static Fact read(int type, ByteReader in) {
        return switch (type) {
            case BLOCK -> new Fact.Block(in.u64(), Instant.ofEpochSecond(in.u64()));
            case CHANNEL -> {
                var block = in.u64();
                var channel = new ChannelId(in.hash());
                var deposited = in.amount();
                var redeemed = in.amount();
                var minutes = (int) in.u32();
                var closeAt = in.u64();
                yield new Fact.ChannelStanding(
                        block,
                        channel,
                        deposited,
                        redeemed,
                        minutes,
                        closeAt == 0
                                ? java.util.Optional.empty()
                                : java.util.Optional.of(Instant.ofEpochSecond(closeAt)),
                        in.flag());
            }
            case CUSTOMER -> new Fact.CustomerStanding(in.u64(), in.address(), in.u32(), in.address());
            case RENTED -> new Fact.Rented(in.u64(), in.address(), in.address(), in.u64());
            case PRICED -> priced(in);
            case PLACED -> new Fact.Placed(in.placement());
            case REVOKED -> {
                var list = new Revocations(in.address(), in.u32(), in.u64(), in.hash());
                var signature = in.signature();
                var badges = new ArrayList<Hash>();
                for (var left = in.u16(); left > 0; left--) {
                    badges.add(in.hash());
                }
                yield new Fact.Revoked(new Signed<>(list, signature), badges);
            }
            default -> throw new MessageFormatException("unknown type of fact " + type);
        };
    }

    private static Fact.Priced priced(ByteReader in) {
        var tariff = in.tariff();
        var prices = new TreeMap<ProductId, Amount>();
        for (var left = in.u16(); left > 0; left--) {
            prices.put(new ProductId(in.hash()), in.amount());
        }
        var names = new HashMap<ProductId, String>();
        for (var left = in.u16(); left > 0; left--) {
            names.put(new ProductId(in.hash()), JournalCodec.text(in));
        }
        return new Fact.Priced(new PricedTariff(tariff, prices), names);
    }
}
