package io.crema.bench.chain;

import io.crema.bench.chain.Rpc.Call;
import io.crema.contracts.value.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes many logs of PaymentProvider in little time: while it works, the contract's address carries a few bytes of code
 * that emit ChannelToppedUp in a loop. The logs are true ones, in receipts, blocks and Bloom filters.
 */
final class Emitter {
    static final int LOGS_PER_BLOCK = 1_000;
    private static final int LOGS_PER_TRANSACTION = 250;

    /**
     * Calldata: first, end, topic 0. For each number from the first to before the end a LOG3 with the topic, the number
     * as channel and the caller as sender, and amount 100 and deposit 200 as data.
     */
    private static final String CODE = "0x"
            + "60645f52" // mstore(0, 100)
            + "60c8602052" // mstore(32, 200)
            + "602035" // end
            + "5f35" // i = first
            + "5b" // loop, at 14:
            + "33" // caller
            + "81" // i
            + "604035" // topic 0
            + "60405fa3" // log3(0, 64, topic 0, i, caller)
            + "600101" // i + 1
            + "818110" // i < end
            + "600e57" // again
            + "00";

    private static final String TOPIC =
            TestChain.hash("ChannelToppedUp(bytes32,address,uint96,uint96)").hex();

    private final Rpc rpc;
    private final Address contract;
    private final String sender;
    private long nonce;

    Emitter(Rpc rpc, Address contract, String sender) throws IOException, InterruptedException {
        this.rpc = rpc;
        this.contract = contract;
        this.sender = sender;
        this.nonce = rpc.number("eth_getTransactionCount", sender, "latest");
    }

    /** Emits numbers 0 to before this one, {@value #LOGS_PER_BLOCK} in each block, and leaves the contract as it was. */
    void emit(int logs) throws IOException, InterruptedException {
        var code = rpc.call("eth_getCode", contract.hex(), "latest").textValue();
        rpc.call("anvil_setCode", contract.hex(), CODE);
        for (var first = 0; first < logs; first += LOGS_PER_BLOCK) {
            var last = Math.min(logs, first + LOGS_PER_BLOCK);
            List<Call> calls = new ArrayList<>();
            for (var from = first; from < last; from += LOGS_PER_TRANSACTION) {
                calls.add(transaction(from, Math.min(last, from + LOGS_PER_TRANSACTION)));
            }
            rpc.all(calls);
            rpc.call("evm_mine");
        }
        rpc.call("anvil_setCode", contract.hex(), code);
    }

    private Call transaction(long from, long end) {
        var data = "0x%064x%064x%s".formatted(from, end, TOPIC.substring(2));
        return Call.of(
                "eth_sendTransaction",
                Map.of(
                        "from",
                        sender,
                        "to",
                        contract.hex(),
                        "gas",
                        Rpc.hex(1_000_000),
                        "nonce",
                        Rpc.hex(nonce++),
                        "data",
                        data));
    }
}
