package io.crema.cli.party;

import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import picocli.CommandLine.Option;

/** The node of the chain that a command asks. */
public final class NodeOptions {
    @Option(
            names = "--rpc-url",
            description = "A node of the chain (CREMA_RPC_URLS).",
            defaultValue = "${env:CREMA_RPC_URLS:-http://127.0.0.1:8545}")
    private String rpcUrl = "";

    /** Of several, separated by commas, the first. */
    public String url() {
        return rpcUrl.split(",", 2)[0].strip();
    }

    /** The caller shuts it down. */
    public Web3j open() {
        return Web3j.build(new HttpService(url()));
    }
}
