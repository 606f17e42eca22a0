package io.crema.ingest;

import io.crema.chain.deploy.Contracts;
import io.crema.contracts.value.Address;
import io.crema.ingest.watch.Finality;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads environment variables, and remembers what is wrong with them. For one thread. */
final class Variables {
    private final Map<String, String> env;
    private final Faults faults = new Faults();

    Variables(Map<String, String> env) {
        this.env = env;
    }

    String text(String name) {
        var value = env.getOrDefault(name, "").strip();
        faults.unless(!value.isEmpty(), name + " is not set");
        return value;
    }

    long number(String name, long min, long max) {
        var value = text(name);
        return value.isEmpty() ? min : number(name, value, min, max);
    }

    long number(String name, long otherwise, long min, long max) {
        var value = env.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : number(name, value, min, max);
    }

    private long number(String name, String value, long min, long max) {
        try {
            var number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        faults.add("%s is %s; give a whole number from %d to %d".formatted(name, value, min, max));
        return min;
    }

    Address address(String name) {
        var value = text(name);
        try {
            return value.isEmpty() ? Address.ZERO : Address.fromHex(value);
        } catch (IllegalArgumentException e) {
            faults.add(name + ": " + e.getMessage());
            return Address.ZERO;
        }
    }

    /** Values are not repeated in a message: they may hold secrets. */
    List<URI> urls(String name) {
        return urls(name, text(name));
    }

    /** @param none instead of addresses: there are none */
    List<URI> urls(String name, String none, List<URI> otherwise) {
        var value = env.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        return value.equals(none) ? List.of() : urls(name, value);
    }

    private List<URI> urls(String name, String value) {
        List<URI> urls = new ArrayList<>();
        for (var part : value.split(",", -1)) {
            try {
                if (!part.isBlank()) {
                    urls.add(URI.create(part.strip()));
                }
            } catch (IllegalArgumentException e) {
                faults.add(name + " holds something that is no address; give addresses separated by commas");
            }
        }
        return urls;
    }

    Finality finality(String name, Finality otherwise) {
        var value = env.getOrDefault(name, "").strip();
        try {
            return value.isEmpty() ? otherwise : Finality.parse(value);
        } catch (IllegalArgumentException e) {
            faults.add(name + ": " + e.getMessage());
            return otherwise;
        }
    }

    /** Files as {@code crema contracts deploy} and {@code crema setup} write them. */
    List<WatchedContracts> deployments(String name, long chainId) {
        List<WatchedContracts> deployments = new ArrayList<>();
        for (var part : env.getOrDefault(name, "").split(",", -1)) {
            if (!part.isBlank()) {
                deployment(name, Path.of(part.strip()), chainId).ifPresent(deployments::add);
            }
        }
        return deployments;
    }

    private Optional<WatchedContracts> deployment(String name, Path file, long chainId) {
        try {
            var contracts = Contracts.read(file);
            faults.unless(
                    contracts.chainId() == chainId,
                    "%s: the contracts in %s are on chain %d, CREMA_CHAIN_ID is %d; one ingest watches one chain"
                            .formatted(name, file, contracts.chainId(), chainId));
            return Optional.of(WatchedContracts.of(contracts));
        } catch (IOException e) {
            faults.add("%s: cannot read %s (%s); give files contracts.json separated by commas"
                    .formatted(name, file, e.getMessage()));
        } catch (IllegalArgumentException e) {
            faults.add("%s: %s: %s".formatted(name, file, e.getMessage()));
        }
        return Optional.empty();
    }

    void raise() {
        faults.raise();
    }
}
