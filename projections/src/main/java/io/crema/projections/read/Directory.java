package io.crema.projections.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names for the ids of the log, from a JSON file: {@code {"machines": {id: {"serial", "site", "model"}}, "accounts":
 * {address: name}, "products": {id: name}, "token": {"symbol", "decimals"}}}; ids in lower case with 0x. Read again when
 * the file changes; while it cannot be read, the names last read stay. Employees are never in it. Thread-safe.
 */
public final class Directory {
    private static final Logger log = LoggerFactory.getLogger(Directory.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;
    private volatile Read read = new Read(FileTime.fromMillis(0), JSON.createObjectNode());

    private record Read(FileTime changed, JsonNode names) {}

    /** @param file may not exist yet */
    public Directory(Optional<Path> file) {
        this.file = file;
    }

    /** Looks whether the file has changed. */
    public void refresh() {
        file.ifPresent(path -> {
            try {
                if (Files.exists(path)) {
                    var changed = Files.getLastModifiedTime(path);
                    if (!changed.equals(read.changed())) {
                        read = new Read(changed, JSON.readTree(Files.readAllBytes(path)));
                    }
                }
            } catch (IOException e) {
                log.warn(
                        "directory {} cannot be read, the names known so far stay: {}",
                        path,
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                read = new Read(lastModified(path), read.names());
            }
        });
    }

    /** Label, serial, site and model of a machine; null stays null. */
    public @Nullable Row machine(@Nullable String id) {
        if (id == null) {
            return null;
        }
        var entry = read.names().path("machines").path(id);
        var serial = text(entry.path("serial"));
        return Row.with(
                "id",
                id,
                "label",
                serial == null ? shortened(id) : serial,
                "serial",
                serial,
                "site",
                text(entry.path("site")),
                "model",
                text(entry.path("model")));
    }

    public @Nullable Row party(@Nullable String address) {
        return address == null ? null : Row.with("address", address, "name", name(address));
    }

    public @Nullable String name(String address) {
        return text(read.names().path("accounts").path(address));
    }

    /** A party's name, or its shortened address. */
    public String called(@Nullable String address) {
        var name = address == null ? "somebody" : name(address);
        return name != null ? name : shortened(String.valueOf(address));
    }

    public @Nullable Row product(@Nullable String id) {
        return id == null
                ? null
                : Row.with("id", id, "name", text(read.names().path("products").path(id)));
    }

    public Row token() {
        var token = read.names().path("token");
        return Row.with(
                "symbol",
                token.path("symbol").asText("units"),
                "decimals",
                token.path("decimals").asInt(0));
    }

    /** An amount as people write it, with the token's symbol. */
    public String money(java.math.BigInteger amount) {
        var token = token();
        var value = new java.math.BigDecimal(amount, (int) token.number("decimals"));
        var plain = value.signum() == 0 ? java.math.BigDecimal.ZERO : value.stripTrailingZeros();
        return (plain.scale() < 2 && token.number("decimals") >= 2 ? plain.setScale(2) : plain).toPlainString() + " "
                + token.text("symbol");
    }

    /** The machine's label, or its shortened id. */
    public String label(@Nullable String machine) {
        var row = machine(machine);
        return row == null ? "a machine" : row.text("label");
    }

    public static String shortened(String id) {
        return id.length() <= 14 ? id : id.substring(0, 8) + "…" + id.substring(id.length() - 4);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? node.asText() : null;
    }

    private static FileTime lastModified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
