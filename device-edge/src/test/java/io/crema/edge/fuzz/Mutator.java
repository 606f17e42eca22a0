package io.crema.edge.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes inputs that are nearly genuine: flipped, cut, doubled, spliced. The same seed makes the same inputs. */
final class Mutator {
    private static final int[] TELLING = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff, 0x10, 0x20, 0x40, 0x61, 0x90};

    private final List<byte[]> seeds;
    private final RandomGenerator random;

    Mutator(List<byte[]> seeds, RandomGenerator random) {
        this.seeds = seeds;
        this.random = random;
    }

    byte[] next() {
        var input = seed();
        if (random.nextInt(50) == 0) {
            return input;
        }
        for (var times = 1 + random.nextInt(random.nextInt(8) + 1); times > 0; times--) {
            input = mutate(input);
        }
        return input;
    }

    private byte[] mutate(byte[] input) {
        if (input.length == 0) {
            return noise();
        }
        var at = random.nextInt(input.length);
        var length = 1 + random.nextInt(Math.min(40, input.length - at));
        var changed = input.clone();
        return switch (random.nextInt(8)) {
            case 0 -> {
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> {
                changed[at] = (byte) TELLING[random.nextInt(TELLING.length)];
                yield changed;
            }
            case 2 -> {
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> join(input, 0, at, input, at + length);
            case 5 -> join(input, 0, at + length, input, at);
            case 6 -> {
                var other = seed();
                yield other.length == 0 ? input : join(input, 0, at, other, random.nextInt(other.length));
            }
            default -> join(input, 0, at, join(noise(), 0, 0, input, at), 0);
        };
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] noise() {
        var noise = new byte[1 + random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] join(byte[] head, int from, int to, byte[] tail, int tailFrom) {
        var out = new ByteArrayOutputStream(head.length + tail.length);
        out.write(head, from, to - from);
        out.write(tail, tailFrom, tail.length - tailFrom);
        return out.toByteArray();
    }
}
