package io.crema.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.crema.chain.keys.KeyStoreException;
import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.cli.system.EnvironmentFile;
import io.crema.contracts.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crema audit}. Exit codes: 0 log and chain agree, 1 they do not, 2 not understood, 3 could not be read. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        description = "Recomputes every channel from the log's first record and from the chain at one block, while the "
                + "system runs, and prints the first difference or a summary. Takes the variables of ingest from the "
                + "environment, or from the file that CREMA_ENV_FILE names.")
public final class AuditCommand implements Callable<Integer> {
    private static final int AGREES = 0;
    private static final int DIFFERS = 1;
    private static final int UNREADABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--block", description = "Read the chain at this block (default: the newest that the log has).")
    private @Nullable Long block;

    @Option(names = "--env-file", description = "The file that 'crema setup' writes (default: CREMA_ENV_FILE).")
    private @Nullable Path environmentFile;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Option(names = "--sign-with", description = "Sign the JSON with the key of this file (Web3 keystore).")
    private @Nullable Path keystore;

    @Option(names = "--password-file", description = "The key file's password, on its first line.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() {
        if (block != null && block < 0) {
            throw usage("--block is %d, expected a block's number".formatted(block));
        }
        var key = key();
        AuditConfig config;
        try {
            config = AuditConfig.fromEnvironment(EnvironmentFile.process(Optional.ofNullable(environmentFile)));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        try {
            var wanted = block == null ? OptionalLong.empty() : OptionalLong.of(block);
            return print(Audit.run(config, wanted, List.of()), key);
        } catch (UnreadableException e) {
            command().commandLine().getErr().println("crema: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private int print(AuditSummary summary, Optional<SigningKey> key) {
        var out = command().commandLine().getOut();
        if (json || key.isPresent()) {
            JsonNode node = AuditJson.node(summary);
            out.println(AuditJson.pretty(key.isPresent() ? AuditSignature.sign(node, key.get()) : node));
        } else {
            AuditText.lines(summary).forEach(out::println);
        }
        out.flush();
        return summary.agrees() ? AGREES : DIFFERS;
    }

    private Optional<SigningKey> key() {
        if (keystore == null && passwordFile == null) {
            return Optional.empty();
        }
        if (keystore == null || passwordFile == null) {
            throw usage("--sign-with and --password-file belong together");
        }
        try {
            return Optional.of(KeyStoreFile.load(keystore, Password.fromFile(passwordFile)));
        } catch (KeyStoreException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a signed summary is as its auditor signed it. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks the signature of a summary that 'crema audit --sign-with' printed.")
    int check(@Parameters(paramLabel = "FILE", description = "The signed summary as JSON.") Path file) {
        var out = command().commandLine().getOut();
        try {
            var signed = AuditJson.parse(Files.readString(file));
            var auditor = signed.path("auditor").asText();
            if (!AuditSignature.isValid(signed)) {
                out.println("The signature is not of %s over this summary.".formatted(auditor));
                out.flush();
                return DIFFERS;
            }
            var summary = signed.path("summary");
            out.println("Signed by %s: PaymentProvider %s at block %d (%s), log and chain %s."
                    .formatted(
                            auditor,
                            summary.path("paymentProvider").asText(),
                            summary.path("block").asLong(),
                            summary.path("blockHash").asText(),
                            summary.path("agrees").asBoolean() ? "agree" : "do not agree"));
            out.flush();
            return AGREES;
        } catch (IOException e) {
            command().commandLine().getErr().println("crema: cannot read %s: %s".formatted(file, e));
            return UNREADABLE;
        } catch (IllegalArgumentException e) {
            command().commandLine().getErr().println("crema: %s: %s".formatted(file, e.getMessage()));
            return UNREADABLE;
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
