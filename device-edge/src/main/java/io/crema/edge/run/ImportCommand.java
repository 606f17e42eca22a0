package io.crema.edge.run;

import io.crema.edge.Provisioning;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.provision.ImportCheck;
import io.crema.edge.provision.KeyFile;
import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code import}: what a machine without a gateway shall serve by, from a file; a running machine takes it up by itself. */
final class ImportCommand {
    private ImportCommand() {}

    static int run(Arguments arguments, PrintWriter out) {
        if (arguments.rest().isEmpty()) {
            throw new Arguments.UsageException("the file is missing: import --data-dir DIR provisioning.json");
        }
        var config = MachineConfig.read(Path.of(arguments.get("data-dir")));
        var file = Path.of(arguments.rest().getFirst());
        var it = read(file);
        var faults = ImportCheck.faults(
                it, config.serial(), config.manufacturer(), KeyFile.address(config.keyFile()), config.contracts());
        if (!faults.isEmpty()) {
            throw new ProvisionException("%s is not taken: %s".formatted(file, String.join("; ", faults)));
        }
        new MachineFolder(config.dataDir()).write(it);
        out.printf(
                "Machine %s serves channel %s with tariff version %d.%n",
                it.serial(),
                it.channel(),
                it.tariffs().getLast().tariff().content().version());
        return 0;
    }

    private static Provisioning read(Path file) {
        try {
            return Provisioning.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new ProvisionException("%s cannot be read: %s".formatted(file, e), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProvisionException("%s is no provisioning: %s".formatted(file, e.getMessage()), e);
        }
    }
}
