package io.crema.edge.world;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Hardware.PourResult;
import io.crema.edge.node.Hardware.SensorValue;
import io.crema.edge.node.Press;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages' contents as bytes. */
final class WorldCodec {
    private WorldCodec() {}

    /** The time and the sensors; before them, in a press, what was pressed. */
    record Moment(Instant time, List<SensorValue> sensors) {
        static Moment read(ByteReader in) {
            var time = Instant.ofEpochSecond(in.u64(), in.u32());
            var sensors = new ArrayList<SensorValue>();
            for (var left = in.u16(); left > 0; left--) {
                sensors.add(new SensorValue(text(in), text(in), Double.longBitsToDouble(in.u64())));
            }
            return new Moment(time, sensors);
        }

        ByteWriter write(ByteWriter out) {
            out.u64(time.getEpochSecond()).u32(time.getNano()).u16(sensors.size());
            for (var sensor : sensors) {
                text(text(out, sensor.quantity()), sensor.unit()).u64(Double.doubleToLongBits(sensor.value()));
            }
            return out;
        }

        byte[] encode() {
            return write(new ByteWriter()).toBytes();
        }
    }

    record Pressed(Press press, Moment moment) {
        static Pressed read(ByteReader in) {
            return new Pressed(new Press(new ProductId(in.hash()), in.hash()), Moment.read(in));
        }

        byte[] encode() {
            return moment.write(new ByteWriter().hash(press.product().value()).hash(press.attempt()))
                    .toBytes();
        }
    }

    record Job(Hash name, ProductId product) {
        static Job read(ByteReader in) {
            return new Job(in.hash(), new ProductId(in.hash()));
        }

        byte[] encode() {
            return new ByteWriter().hash(name).hash(product.value()).toBytes();
        }
    }

    static byte[] encode(PourResult result) {
        return switch (result) {
            case PourResult.Poured _ -> text(new ByteWriter().u8(1), "").toBytes();
            case PourResult.NotPoured it ->
                text(new ByteWriter().u8(0), it.reason()).toBytes();
        };
    }

    static PourResult pourResult(ByteReader in) {
        var poured = in.flag();
        var reason = text(in);
        return poured ? new PourResult.Poured() : new PourResult.NotPoured(reason);
    }

    static ByteWriter text(ByteWriter out, String text) {
        return out.block(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteReader in) {
        return new String(in.block(), StandardCharsets.UTF_8);
    }
}
