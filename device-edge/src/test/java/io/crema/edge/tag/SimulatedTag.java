package io.crema.edge.tag;

import java.util.Arrays;

/** A Type 2 Tag in memory, with the reader's pseudo-APDUs; it can be taken away before any write. */
public final class SimulatedTag implements TagMemory {
    private final byte[] bytes;
    private int writesLeft = Integer.MAX_VALUE;

    private SimulatedTag(int pages, int capacity) {
        bytes = new byte[pages * PAGE];
        bytes[12] = (byte) 0xE1;
        bytes[13] = 0x10;
        bytes[14] = (byte) (capacity / 8);
        bytes[16] = 0x03;
        bytes[18] = (byte) 0xFE;
    }

    /** 144 bytes for messages. */
    public static SimulatedTag ntag213() {
        return new SimulatedTag(45, 144);
    }

    /** 496 bytes for messages. */
    public static SimulatedTag ntag215() {
        return new SimulatedTag(135, 496);
    }

    /** The sticker leaves the field after so many writes. */
    public void takenAwayAfter(int writes) {
        writesLeft = writes;
    }

    void poke(int at, int value) {
        bytes[at] = (byte) value;
    }

    @Override
    public byte[] read(int page) throws TagLostException {
        if (page * PAGE >= bytes.length) {
            throw new TagLostException("no page " + page);
        }
        var four = new byte[4 * PAGE];
        for (var i = 0; i < four.length; i++) {
            four[i] = bytes[(page * PAGE + i) % bytes.length];
        }
        return four;
    }

    @Override
    public void write(int page, byte[] four) throws TagLostException {
        if (writesLeft-- <= 0 || (page + 1) * PAGE > bytes.length) {
            throw new TagLostException("taken away");
        }
        System.arraycopy(four, 0, bytes, page * PAGE, PAGE);
    }

    /** As a contactless reader answers for it. */
    public byte[] process(byte[] apdu) {
        try {
            if ((apdu[0] & 0xff) == 0xFF && (apdu[1] & 0xff) == 0xB0) {
                var answer = Arrays.copyOf(read(apdu[3] & 0xff), 4 * PAGE + 2);
                answer[4 * PAGE] = (byte) 0x90;
                return answer;
            }
            if ((apdu[0] & 0xff) == 0xFF && (apdu[1] & 0xff) == 0xD6) {
                write(apdu[3] & 0xff, Arrays.copyOfRange(apdu, 5, 5 + PAGE));
                return new byte[] {(byte) 0x90, 0};
            }
            return new byte[] {0x6D, 0};
        } catch (TagLostException e) {
            return new byte[] {0x63, 0};
        }
    }
}
