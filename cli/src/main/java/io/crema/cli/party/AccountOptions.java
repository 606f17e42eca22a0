package io.crema.cli.party;

import io.crema.chain.keys.KeyStoreException;
import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.cli.fleet.TestAccounts;
import io.crema.contracts.crypto.SigningKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose key signs and pays: a key file's, or on test chains one of those that everyone knows. Never on a command line. */
public final class AccountOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--keystore", description = "The account's key file (Web3 keystore).")
    private @Nullable Path keystore;

    @Option(names = "--password-file", description = "Its first line opens the key file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--test-account",
            description = "Instead of a key file: the test chain's account of this number, whose key everyone knows.",
            defaultValue = "-1")
    private int testAccount;

    /** @throws ParameterException when no account is given, or its file cannot be opened */
    public SigningKey key() {
        if (testAccount >= 0 && keystore == null) {
            return TestAccounts.first(testAccount + 1).getLast();
        }
        if (keystore == null || passwordFile == null || testAccount >= 0) {
            throw wrong("Give the account: --keystore with --password-file, or --test-account.", null);
        }
        try {
            return KeyStoreFile.load(keystore, Password.fromFile(passwordFile));
        } catch (KeyStoreException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String what, @Nullable Exception cause) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set these options up");
        }
        return new ParameterException(spec.commandLine(), what, cause);
    }
}
