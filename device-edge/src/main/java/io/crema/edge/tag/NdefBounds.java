package io.crema.edge.tag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks a message from outside before the NDEF library sees it. The library allocates what a record claims to hold, and
 * fills what is missing with zeros: here each length must fit into what is there (NFC Forum, NDEF 1.0, section 3.2).
 * Some kinds of record hold messages again, which the library decodes at once: only the two kinds that carry plain text,
 * URI and external, are handed on, each as a message of its own.
 */
final class NdefBounds {
    static final int LONGEST = 1_024;
    private static final int MOST_RECORDS = 8;
    private static final int BEGIN = 0x80;
    private static final int END = 0x40;
    private static final int CHUNK = 0x20;
    private static final int SHORT = 0x10;
    private static final int HAS_ID = 0x08;
    private static final int FORMAT = 0x07;
    private static final int RESERVED = 7;
    private static final int UNCHANGED = 6;

    private static final int WELL_KNOWN = 1;
    private static final int EXTERNAL = 4;

    private final byte[] message;
    private final List<byte[]> texts = new ArrayList<>();
    private int at;

    private NdefBounds(byte[] message) {
        this.message = message;
    }

    /**
     * The URI and external records, in their order, each as a message.
     *
     * @throws TagFormatException naming what is wrong
     */
    static List<byte[]> texts(byte[] message) throws TagFormatException {
        require(message.length > 0, "the sticker is empty");
        require(
                message.length <= LONGEST,
                "the message has %d bytes, at most %d are read".formatted(message.length, LONGEST));
        var bounds = new NdefBounds(message);
        bounds.records();
        return bounds.texts;
    }

    private void records() throws TagFormatException {
        var ended = false;
        for (var count = 0; at < message.length; count++) {
            require(!ended, "there is something behind the message's last record");
            require(count < MOST_RECORDS, "the message has more than %d records".formatted(MOST_RECORDS));
            var start = at;
            var header = octet();
            require((header & BEGIN) != 0 == (count == 0), "record %d has a wrong begin mark".formatted(count));
            require((header & CHUNK) == 0, "record %d is chunked, which is not supported".formatted(count));
            var format = header & FORMAT;
            require(
                    format != RESERVED && format != UNCHANGED,
                    "record %d has the type name format %d, which only chunks or nobody may use"
                            .formatted(count, format));
            var type = body(header, format, count);
            if (format == EXTERNAL || format == WELL_KNOWN && type.equals("U")) {
                var alone = Arrays.copyOfRange(message, start, at);
                alone[0] |= (byte) (BEGIN | END);
                texts.add(alone);
            }
            ended = (header & END) != 0;
        }
        require(ended, "the message has no last record");
    }

    /** Skips what follows a record's header; returns its type. */
    private String body(int header, int format, int record) throws TagFormatException {
        var type = octet();
        long payload = (header & SHORT) != 0
                ? octet()
                : (long) octet() << 24 | (long) octet() << 16 | (long) octet() << 8 | octet();
        var id = (header & HAS_ID) != 0 ? octet() : 0;
        require(
                format != 0 || type == 0 && payload == 0 && id == 0,
                "record %d is called empty and is not".formatted(record));
        var length = type + id + payload;
        require(
                length <= message.length - at,
                "record %d claims %d bytes, %d are there".formatted(record, length, message.length - at));
        at += (int) length;
        return new String(message, at - (int) length, type, StandardCharsets.US_ASCII);
    }

    private int octet() throws TagFormatException {
        require(at < message.length, "the message ends in the middle of a record");
        return message[at++] & 0xff;
    }

    private static void require(boolean holds, String otherwise) throws TagFormatException {
        if (!holds) {
            throw new TagFormatException(otherwise);
        }
    }
}
