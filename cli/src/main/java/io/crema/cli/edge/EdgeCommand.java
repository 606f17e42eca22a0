package io.crema.cli.edge;

import io.crema.edge.folder.MachineFolder;
import io.crema.edge.pcsc.StickerReader;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.provision.ProvisionException;
import io.crema.edge.run.EdgeMain;
import io.crema.edge.tag.MachineSticker;
import io.crema.edge.tag.TagFormatException;
import io.crema.edge.tag.TagLostException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crema edge …}: what is done at a machine, beside running it. */
@Command(
        name = "edge",
        mixinStandardHelpOptions = true,
        subcommands = {ClaimCommand.class, SubmitCommand.class},
        description = "What is done at a machine, and for it.")
public final class EdgeCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command().commandLine(),
                "Say what to do at the machine, one of "
                        + String.join(", ", command().subcommands().keySet()) + ", package.");
    }

    /** Adds what the machine's own program does. */
    public static void addMachine(CommandLine edge) {
        MachineCommand.addTo(edge);
    }

    @Command(name = "help", description = "The machine's commands with their options.")
    int help() {
        var line = command().commandLine();
        return EdgeMain.execute(List.of("help"), Map.of(), line.getOut(), line.getErr());
    }

    /** Exit code 0 when the sticker says what it should, 1 when it could not be written or read. */
    @Command(
            name = "tag",
            description =
                    "Writes the machine's NFC sticker and reads it back: the address of the machine's page, and a record "
                            + "with the machine's id and its key's fingerprint. Needs pcscd and a contactless reader.")
    int tag(
            @Option(
                            names = "--reader",
                            defaultValue = "",
                            description = "A part of the reader's name, such as ACR122U (default: the first reader).")
                    String reader,
            @Option(names = "--data", description = "The edge's data directory (to write).") @Nullable Path data,
            @Option(names = "--serial", description = "The machine's serial number (to write).") @Nullable
                    String serial,
            @Option(names = "--page", description = "The address of the machine's page (to write).") @Nullable URI page,
            @Option(names = "--wait", defaultValue = "20", description = "Seconds to wait for a sticker (default 20).")
                    int seconds) {
        var stickers = new StickerReader(reader, Duration.ofSeconds(seconds));
        try {
            var sticker = data == null && serial == null && page == null
                    ? stickers.read()
                    : stickers.write(wanted(data, serial, page));
            var out = command().commandLine().getOut();
            out.printf("page         %s%n", sticker.page());
            out.printf("machine      %s%n", sticker.machine().value());
            out.printf("fingerprint  %s%n", sticker.fingerprint());
            out.flush();
            return 0;
        } catch (TagLostException | TagFormatException e) {
            command().commandLine().getErr().println("crema: " + e.getMessage());
            return 1;
        }
    }

    private MachineSticker wanted(@Nullable Path data, @Nullable String serial, @Nullable URI page) {
        if (data == null || serial == null || page == null) {
            throw new ParameterException(
                    command().commandLine(),
                    "To write a sticker give all of --data, --serial and --page; to read one give none of them.");
        }
        try {
            if (Files.exists(data.resolve(MachineInit.SETTINGS))) {
                var code = MachineInit.code(data);
                if (!code.serial().equals(serial)) {
                    throw new IllegalArgumentException(
                            "%s holds machine %s, not %s".formatted(data, code.serial(), serial));
                }
                return MachineSticker.of(page, code.machine(), code.machineKey());
            }
            var folder = MachineFolder.of(data, serial);
            return MachineSticker.of(page, folder.read().machine(), folder.key().address());
        } catch (UncheckedIOException | IllegalArgumentException | ProvisionException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }
}
