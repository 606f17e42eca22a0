package io.crema.cli.system;

import io.crema.chain.deploy.Contracts;
import java.io.IOException;
import java.nio.file.Path;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import picocli.CommandLine.Option;

/** The chain, and where the contracts are on it. */
public final class DeploymentOptions {
    @Option(
            names = "--rpc-url",
            description = "A node of the chain (CREMA_RPC_URLS).",
            defaultValue = "${env:CREMA_RPC_URLS:-http://127.0.0.1:8545}")
    private String rpcUrl = "";

    @Option(
            names = "--contracts",
            description = "What 'crema contracts deploy' wrote.",
            defaultValue = "data/contracts/contracts.json")
    private Path contracts = Path.of("");

    /** The first of the nodes; the caller shuts it down. */
    public Web3j chain() {
        return Web3j.build(new HttpService(rpcUrl.split(",", 2)[0].strip()));
    }

    public Contracts contracts() throws IOException {
        return Contracts.read(contracts);
    }
}
