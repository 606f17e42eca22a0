package io.crema.cli.run;

import io.crema.platform.Anvil;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The local test chain, kept in a file. Its keys are known to everyone: never send real money to them. */
@Command(
        name = "chain",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "The local test chain.")
final class RunChain implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            description = "Where it keeps its state (CREMA_DATA_DIR).",
            defaultValue = "${env:CREMA_DATA_DIR:-data/chain}")
    private Path dataDir = Path.of("data/chain");

    @Option(
            names = "--port",
            description = "RPC port, 0 for any (CREMA_CHAIN_PORT).",
            defaultValue = "${env:CREMA_CHAIN_PORT:-8545}")
    private int port;

    @Option(
            names = "--host",
            description = "Address to listen on (CREMA_CHAIN_HOST).",
            defaultValue = "${env:CREMA_CHAIN_HOST:-127.0.0.1}")
    private String host = "127.0.0.1";

    @Option(
            names = "--chain-id",
            description = "Chain id (CREMA_CHAIN_ID).",
            defaultValue = "${env:CREMA_CHAIN_ID:-31337}")
    private long chainId;

    @Override
    public Integer call() throws Exception {
        var chain = Anvil.builder()
                .host(host)
                .port(port)
                .chainId(chainId)
                .state(dataDir.resolve("chain.json"))
                .start();
        return Foreground.untilStopped("chain ready at " + chain.rpcUrl(), chain);
    }
}
