package io.crema.edge.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.MachineId;
import io.crema.edge.LinkConfig;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.node.Caps;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of one machine, from {@code edge.json} in its data directory; docs/edge.md says what each means. Holds names of
 * files, no secrets.
 *
 * @param formerKeys the machine's before its memory card was replaced
 * @param contracts the contracts whose signatures count; empty = as the imported provisioning says
 * @param reader a part of the contactless reader's name; empty = the first reader
 * @param readerPatience how long a phone may take for one command
 * @param press how long a chosen product waits for a phone, and a phone for a product
 * @param telemetry how often the machine reports
 * @param batteryClock whether the computer's clock goes on without power
 * @param healthPort on loopback; 0 = any
 * @param chain for acting on chain by itself; empty = it never does
 */
public record MachineConfig(
        Path dataDir,
        String serial,
        Address manufacturer,
        Path secretFile,
        List<Address> formerKeys,
        Optional<Domains> contracts,
        String reader,
        Duration readerPatience,
        Duration press,
        BodyConfig body,
        LinkConfig links,
        Caps caps,
        Duration telemetry,
        boolean batteryClock,
        int healthPort,
        Optional<ChainAccess> chain) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public MachineId machine() {
        return MachineId.of(manufacturer, serial);
    }

    public Path keyFile() {
        return dataDir.resolve(MachineInit.KEY);
    }

    /**
     * Reads {@code edge.json}.
     *
     * @throws ProvisionException naming all faults at once
     */
    public static MachineConfig read(Path dataDir) {
        var file = dataDir.resolve(MachineInit.SETTINGS);
        try {
            return parse(JSON.readTree(Files.readString(file)), dataDir);
        } catch (JsonProcessingException e) {
            throw new ProvisionException(
                    "%s is no JSON: %s, line %d"
                            .formatted(
                                    file,
                                    e.getOriginalMessage(),
                                    e.getLocation().getLineNr()),
                    e);
        } catch (IOException e) {
            throw new ProvisionException(
                    "%s cannot be read (%s); make a machine with: crema edge init".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new ProvisionException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException naming all faults at once */
    static MachineConfig parse(JsonNode json, Path dataDir) {
        return new MachineConfigParser(json, dataDir).config();
    }
}
