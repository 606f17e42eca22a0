package io.crema.edge.tag;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * NDEF messages on a Type 2 Tag (NTAG213 to 216, MIFARE Ultralight): a capability container in page 3, and from page 4
 * on blocks of type, length, value. For one thread, while the sticker is in the field.
 */
public final class Type2Tag {
    private static final int CONTAINER_PAGE = 3;
    private static final int DATA_PAGE = 4;
    private static final int MAGIC = 0xE1;
    private static final int NULL_BLOCK = 0x00;
    private static final int NDEF_BLOCK = 0x03;
    private static final int TERMINATOR = 0xFE;
    private static final int LONG_LENGTH = 0xFF;

    private final TagMemory memory;
    private final int capacity;
    private final boolean writable;

    private Type2Tag(TagMemory memory, int capacity, boolean writable) {
        this.memory = memory;
        this.capacity = capacity;
        this.writable = writable;
    }

    /** @throws TagFormatException when the sticker is not formatted for NDEF */
    public static Type2Tag open(TagMemory memory) throws TagLostException, TagFormatException {
        var container = memory.read(CONTAINER_PAGE);
        if ((container[0] & 0xff) != MAGIC || (container[1] & 0xff) >>> 4 != 1) {
            throw new TagFormatException(
                    "the sticker is not formatted for NDEF: its capability container begins with %02X %02X, expected E1 1x; use an NTAG213, 215 or 216"
                            .formatted(container[0], container[1]));
        }
        return new Type2Tag(memory, (container[2] & 0xff) * 8, (container[3] & 0x0f) == 0);
    }

    /** Bytes for blocks, their heads included. */
    public int capacity() {
        return capacity;
    }

    /** The first NDEF message. */
    public byte[] read() throws TagLostException, TagFormatException {
        var area = area();
        for (var at = 0; at < area.length; ) {
            var type = area[at++] & 0xff;
            if (type == TERMINATOR) {
                break;
            }
            if (type != NULL_BLOCK) {
                var length = at < area.length ? area[at++] & 0xff : 0;
                if (length == LONG_LENGTH) {
                    length = at + 1 < area.length ? (area[at] & 0xff) << 8 | area[at + 1] & 0xff : Integer.MAX_VALUE;
                    at += 2;
                }
                if (length > area.length - at) {
                    throw new TagFormatException("a block of type %02X claims %d bytes, %d are left"
                            .formatted(type, length, area.length - at));
                }
                if (type == NDEF_BLOCK) {
                    return Arrays.copyOfRange(area, at, at + length);
                }
                at += length;
            }
        }
        return new byte[0];
    }

    /**
     * Replaces what the sticker holds. Taken away in the middle it holds an empty message, or the whole new one: the
     * length is written last.
     */
    public void write(byte[] message) throws TagLostException, TagFormatException {
        if (!writable) {
            throw new TagFormatException("the sticker is locked against writing; take a new one");
        }
        var block = block(message);
        if (block.length > capacity) {
            throw new TagFormatException(
                    "the message takes %d bytes, the sticker has %d; shorten the page's address, or use a larger sticker (NTAG215)"
                            .formatted(block.length, capacity));
        }
        var first = Arrays.copyOf(block, TagMemory.PAGE);
        memory.write(DATA_PAGE, new byte[] {NDEF_BLOCK, 0, (byte) TERMINATOR, 0});
        for (var at = TagMemory.PAGE; at < block.length; at += TagMemory.PAGE) {
            memory.write(DATA_PAGE + at / TagMemory.PAGE, Arrays.copyOfRange(block, at, at + TagMemory.PAGE));
        }
        memory.write(DATA_PAGE, first);
    }

    private static byte[] block(byte[] message) {
        var block = new ByteArrayOutputStream();
        block.write(NDEF_BLOCK);
        if (message.length < LONG_LENGTH) {
            block.write(message.length);
        } else {
            block.write(LONG_LENGTH);
            block.write(message.length >>> 8);
            block.write(message.length);
        }
        block.writeBytes(message);
        block.write(TERMINATOR);
        return block.toByteArray();
    }

    private byte[] area() throws TagLostException {
        var bytes = new ByteArrayOutputStream();
        for (var page = DATA_PAGE; bytes.size() < capacity; page += TagMemory.PAGE) {
            bytes.writeBytes(memory.read(page));
        }
        return Arrays.copyOf(bytes.toByteArray(), capacity);
    }
}
