package io.crema.ingest.rpc;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A block's hash from its header: keccak256 of the fields' RLP (Ethereum yellow paper 4.4.3; later fields by EIP-1559,
 * 4895, 4844, 4788 and 7685). Stateless.
 */
final class HeaderHash {
    private static final Set<String> QUANTITIES = Set.of(
            "difficulty",
            "number",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "baseFeePerGas",
            "blobGasUsed",
            "excessBlobGas");

    private static final List<String> ALWAYS = List.of(
            "parentHash",
            "sha3Uncles",
            "miner",
            "stateRoot",
            "transactionsRoot",
            "receiptsRoot",
            "logsBloom",
            "difficulty",
            "number",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "extraData",
            "mixHash",
            "nonce");

    private static final List<String> LATER = List.of(
            "baseFeePerGas",
            "withdrawalsRoot",
            "blobGasUsed",
            "excessBlobGas",
            "parentBeaconBlockRoot",
            "requestsHash");

    private static final Set<String> BESIDE = Set.of("hash", "size", "totalDifficulty");

    private HeaderHash() {}

    /** Empty where the header has another form than those known here: other chains add fields, or leave some out. */
    static Optional<Hash> of(Map<String, String> fields) {
        var later = (int) LATER.stream().takeWhile(fields::containsKey).count();
        var names = Stream.concat(ALWAYS.stream(), LATER.stream().limit(later)).toList();
        if (!fields.keySet().containsAll(ALWAYS)
                || !fields.keySet().stream().allMatch(name -> names.contains(name) || BESIDE.contains(name))) {
            return Optional.empty();
        }
        var items = new ByteArrayOutputStream(768);
        for (var name : names) {
            item(items, bytes(name, fields.getOrDefault(name, "0x")));
        }
        var out = new ByteArrayOutputStream(768);
        length(out, 0xc0, items.size());
        out.writeBytes(items.toByteArray());
        return Optional.of(Keccak.hash(out.toByteArray()));
    }

    private static byte[] bytes(String name, String text) {
        if (!QUANTITIES.contains(name)) {
            return Hex.decode(name, text);
        }
        var digits = text.substring(2).replaceFirst("^0+", "");
        return Hex.decode(name, digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    private static void item(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length != 1 || bytes[0] < 0) {
            length(out, 0x80, bytes.length);
        }
        out.writeBytes(bytes);
    }

    private static void length(ByteArrayOutputStream out, int kind, int length) {
        if (length < 56) {
            out.write(kind + length);
        } else {
            var size = length < 256 ? 1 : length < 65_536 ? 2 : 3;
            out.write(kind + 55 + size);
            for (var i = size - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
    }
}
