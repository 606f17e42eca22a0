package io.crema.cli.party;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.contracts.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Something that a party does with its own key on its contracts. Exit code 0 when it is done, 1 with the reason if not. */
public abstract class PartyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Option(
            names = "--contracts",
            description = "What 'crema contracts deploy' wrote.",
            defaultValue = "data/contracts/contracts.json")
    private Path contracts = Path.of("");

    /** Something that asks the chain. */
    @FunctionalInterface
    protected interface Asking<T> {
        T on(Web3j chain) throws IOException, InterruptedException;
    }

    /**
     * Does it.
     *
     * @throws IOException or one of the other two, with a sentence for the user, when it is refused
     * @throws IllegalArgumentException for what was given
     * @throws OnboardingException by the chain
     */
    protected abstract void act(SigningKey key, Contracts contracts) throws IOException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        var key = account.key();
        try {
            act(key, Contracts.read(contracts));
            return 0;
        } catch (OnboardingException | IllegalArgumentException | IOException e) {
            spec().commandLine().getErr().println(spec().qualifiedName() + ": " + e.getMessage());
            return 1;
        }
    }

    protected final <T> T onChain(Asking<T> asking) throws IOException, InterruptedException {
        var chain = node.open();
        try {
            return asking.on(chain);
        } finally {
            chain.shutdown();
        }
    }

    protected final void say(String line) {
        var out = spec().commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        return spec;
    }
}
