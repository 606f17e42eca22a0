package io.crema.projections.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the contracts are, and their ABIs: from the file contracts.json and the folder abi/ beside it, as {@code crema
 * contracts deploy} writes them. Stateless: both are read when somebody asks.
 */
public final class ChainContracts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "0x[0-9a-f]{40}";

    private final Optional<Path> file;

    /** @param file contracts.json; may not exist yet */
    public ChainContracts(Optional<Path> file) {
        this.file = file;
    }

    /** Chain, first block, and each contract's address; empty when no deployment is known. */
    public Optional<Row> read() {
        return file.filter(Files::isReadable).map(ChainContracts::json).map(deployed -> {
            var items = new ArrayList<Row>();
            deployed.properties().forEach(entry -> {
                if (entry.getValue().asText().matches(ADDRESS)) {
                    var name = name(entry.getKey());
                    items.add(Row.with(
                            "name",
                            name,
                            "address",
                            entry.getValue().asText(),
                            "abi",
                            Files.isReadable(abiFile(name))));
                }
            });
            return Row.with(
                    "chainId",
                    deployed.path("chainId").asLong(),
                    "deploymentBlock",
                    deployed.path("deploymentBlock").asLong(),
                    "items",
                    items);
        });
    }

    /** The contract's ABI as the compiler made it, JSON; empty when it is not known. */
    public Optional<byte[]> abi(String contract) {
        if (file.isEmpty() || !contract.matches("[A-Za-z]{1,64}") || !Files.isReadable(abiFile(contract))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(abiFile(contract)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the ABI of " + contract, e);
        }
    }

    private Path abiFile(String contract) {
        return file.orElseThrow().resolveSibling("abi").resolve(contract + ".json");
    }

    private static String name(String field) {
        return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file + " is not JSON; deploy again: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
