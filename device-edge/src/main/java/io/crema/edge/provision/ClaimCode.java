package io.crema.edge.provision;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a fresh machine tells its manufacturer: who it is, the address of its key, and its certificate's fingerprint. As
 * text it is Crockford's base32 in groups of five, with a checksum; nothing in it is secret, but who hands it over must be
 * trusted to have taken it from the machine. Immutable.
 *
 * @param serial 1 to 64 letters, digits, dots, dashes or underscores
 * @param certificate SHA-256 of the machine's TLS certificate
 */
public record ClaimCode(String serial, Address manufacturer, Address machineKey, Hash certificate) {
    private static final int VERSION = 1;
    private static final int CHECKSUM = 4;
    private static final int LONGEST = 400;

    public ClaimCode {
        if (!serial.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a serial number has 1 to 64 letters, digits, dots, dashes or underscores, got '" + serial + "'");
        }
    }

    /** The machine that it is about. */
    public MachineId machine() {
        return MachineId.of(manufacturer, serial);
    }

    /** As people pass it on. */
    public String text() {
        var name = serial.getBytes(StandardCharsets.US_ASCII);
        var content = new ByteWriter()
                .u8(VERSION)
                .u8(name.length)
                .raw(name)
                .address(manufacturer)
                .address(machineKey)
                .hash(certificate)
                .toBytes();
        return Base32.group(Base32.encode(
                new ByteWriter().raw(content).raw(checksum(content)).toBytes()));
    }

    /**
     * Reads one as it was typed or pasted: case, spaces and dashes do not matter, O counts as 0, I and L as 1.
     *
     * @throws IllegalArgumentException when it is not whole, was mistyped, or is of another version
     */
    public static ClaimCode parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a claim code has at most %d characters, got %d".formatted(LONGEST, text.length()));
        }
        var bytes = Base32.decode(text);
        if (bytes.length <= CHECKSUM) {
            throw new IllegalArgumentException("the claim code is too short: give all of it");
        }
        var content = Arrays.copyOf(bytes, bytes.length - CHECKSUM);
        if (!Arrays.equals(checksum(content), Arrays.copyOfRange(bytes, content.length, bytes.length))) {
            throw new IllegalArgumentException(
                    "the claim code's checksum is wrong: a character is missing or mistyped; copy it from the machine again");
        }
        try {
            return ByteReader.whole(content, ClaimCode::read);
        } catch (MessageFormatException e) {
            throw new IllegalArgumentException("the claim code cannot be read: " + e.getMessage(), e);
        }
    }

    private static ClaimCode read(ByteReader in) {
        var version = in.u8();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the claim code is of version %d, expected %d: the machine's software is newer"
                            .formatted(version, VERSION));
        }
        var serial = new String(in.raw(in.u8()), StandardCharsets.US_ASCII);
        return new ClaimCode(serial, in.address(), in.address(), in.hash());
    }

    private static byte[] checksum(byte[] content) {
        var named = Keccak.hash("crema claim".getBytes(StandardCharsets.US_ASCII), content);
        return Arrays.copyOf(named.bytes(), CHECKSUM);
    }
}
