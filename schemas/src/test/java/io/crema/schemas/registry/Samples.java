package io.crema.schemas.registry;

import io.crema.events.Bytes20;
import io.crema.events.Bytes32;
import io.crema.events.ChannelToppedUp;
import io.crema.events.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;

/** A record with fixed bytes, a nested record, times and amounts. */
final class Samples {
    private Samples() {}

    static ChannelToppedUp toppedUp() {
        var origin = new Origin(
                31_337L,
                new Bytes20(bytes(20, 1)),
                7L,
                new Bytes32(bytes(32, 2)),
                Instant.ofEpochSecond(1_800_000_000),
                new Bytes32(bytes(32, 3)),
                4);
        return new ChannelToppedUp(
                new Bytes32(bytes(32, 5)),
                origin,
                new Bytes20(bytes(20, 6)),
                new BigDecimal("38700000"),
                new BigDecimal("79228162514264337593543950335"));
    }

    private static byte[] bytes(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
