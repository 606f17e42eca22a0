package io.crema.cli.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a data directory remembers of its fleet; everything else follows from it.
 *
 * @param employees how many, where no trace names them
 * @param source what its machines sell: "menu", or the SHA-256 of a trace
 * @param runs how often a demo has run on it
 */
public record FleetFile(long seed, int employees, String source, long runs, List<Machine> machines) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * One rented machine.
     *
     * @param customer which of the companies, from 0
     * @param index of its channel
     * @param deposited decimal string, smallest unit
     */
    public record Machine(String serial, int customer, long index, String deposited) {}

    public FleetFile withMachines(List<Machine> newMachines) {
        return new FleetFile(seed, employees, source, runs, newMachines);
    }

    public FleetFile nextRun() {
        return new FleetFile(seed, employees, source, runs + 1, machines);
    }

    public static FleetFile read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), FleetFile.class);
    }

    /** Replaces the file as a whole. */
    public void write(Path file) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(draft.toFile(), this);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
