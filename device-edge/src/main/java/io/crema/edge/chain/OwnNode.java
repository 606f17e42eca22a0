package io.crema.edge.chain;

import io.crema.chain.node.Web3Chain;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domains;
import io.crema.edge.journal.AppendLog;

/** Acting on chain through a node that is reached by JSON-RPC. Stateless. */
public final class OwnNode {
    private OwnNode() {}

    /**
     * Calls nobody, and loads nothing that it takes to call, before it is needed.
     *
     * @param rpcUrl of the node
     * @param account pays the gas; no other program sends from it
     */
    public static DirectSettlement settlement(
            String rpcUrl,
            DirectPolicy policy,
            Domains domains,
            SigningKey machineKey,
            SigningKey account,
            AppendLog log) {
        return new DirectSettlement(policy, domains, machineKey, account, () -> new Web3Chain(rpcUrl), log);
    }
}
