package io.crema.edge.tag;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.nfctools.ndef.NdefContext;
import org.nfctools.ndef.ext.UnsupportedExternalTypeRecord;
import org.nfctools.ndef.wkt.records.UriRecord;

/**
 * What a machine's sticker says: an NDEF message of a URI record, which any phone opens, and an external record {@value
 * #TYPE} with the machine's id and its key's fingerprint, by which a wallet tells that it is at the machine it talks to.
 *
 * @param page the machine's page; http or https, at most {@value #LONGEST_PAGE} bytes
 * @param machine the machine
 * @param fingerprint the first 16 bytes of keccak256 of its key's address, as hex
 */
public record MachineSticker(URI page, MachineId machine, String fingerprint) {
    static final String TYPE = "crema.io:machine";
    static final int LONGEST_PAGE = 200;
    private static final String VERSION = "1";
    private static final int FINGERPRINT = 16;

    public MachineSticker {
        var scheme = String.valueOf(page.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("a machine's page is an http or https address, got " + page);
        }
        var length = page.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PAGE) {
            throw new IllegalArgumentException(
                    "a machine's page has at most %d bytes, got %d: %s".formatted(LONGEST_PAGE, length, page));
        }
    }

    public static MachineSticker of(URI page, MachineId machine, Address key) {
        var digest = Keccak.hash(key.bytes()).bytes();
        return new MachineSticker(page, machine, Hex.encode(Arrays.copyOf(digest, FINGERPRINT)));
    }

    /** The NDEF message. */
    public byte[] encode() {
        var content = new byte[Hash.LENGTH + FINGERPRINT];
        System.arraycopy(machine.value().bytes(), 0, content, 0, Hash.LENGTH);
        System.arraycopy(Hex.decode("fingerprint", fingerprint, FINGERPRINT), 0, content, Hash.LENGTH, FINGERPRINT);
        var text = VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(content);
        return NdefContext.getNdefMessageEncoder()
                .encode(List.of(new UriRecord(page.toString()), new UnsupportedExternalTypeRecord(TYPE, text)));
    }

    /** @throws TagFormatException when the message is none, or is not about a machine */
    public static MachineSticker decode(byte[] message) throws TagFormatException {
        URI page = null;
        byte[] content = null;
        for (var text : NdefBounds.texts(message)) {
            var record = record(text);
            if (record instanceof UriRecord uri && page == null) {
                page = uri(uri.getUri());
            } else if (record instanceof UnsupportedExternalTypeRecord external
                    && TYPE.equals(external.getNamespace())) {
                content = content(external.getContent());
            }
        }
        if (page == null || content == null) {
            throw new TagFormatException(
                    "the sticker names no machine: it needs a URI and a record of type %s; write it with: crema edge tag"
                            .formatted(TYPE));
        }
        try {
            return new MachineSticker(
                    page,
                    new MachineId(Hash.of(Arrays.copyOf(content, Hash.LENGTH))),
                    Hex.encode(Arrays.copyOfRange(content, Hash.LENGTH, content.length)));
        } catch (IllegalArgumentException e) {
            throw new TagFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static org.nfctools.ndef.Record record(byte[] message) throws TagFormatException {
        try {
            return NdefContext.getNdefMessageDecoder().decodeToRecord(message);
        } catch (RuntimeException e) {
            throw new TagFormatException("the sticker's message cannot be read: " + e.getMessage(), e);
        }
    }

    private static URI uri(String text) throws TagFormatException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new TagFormatException("the sticker's URI is none: " + e.getMessage(), e);
        }
    }

    private static byte[] content(String text) throws TagFormatException {
        try {
            var content = Base64.getUrlDecoder().decode(text.substring(Math.min(1, text.length())));
            if (text.startsWith(VERSION) && content.length == Hash.LENGTH + FINGERPRINT) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new TagFormatException(
                "the sticker's record %s is of another version or damaged: %d characters, begins with '%s'"
                        .formatted(TYPE, text.length(), text.substring(0, Math.min(1, text.length()))));
    }
}
