package io.crema.bench;

import java.util.List;

/**
 * What is measured side by side in one run.
 *
 * @param name as asked for on the command line
 * @param question that it answers, in plain words
 * @param type holds the benchmark methods
 * @param baseline the method that others are compared with
 * @param operation what is counted
 * @param latency whether each call is timed, for percentiles, rather than many counted
 */
record Comparison(String name, String question, Class<?> type, String baseline, String operation, boolean latency) {

    static final List<Comparison> ALL = List.of(
            new Comparison(
                    "recover",
                    "Who signed this digest? The native library against pure Java.",
                    RecoverBenchmark.class,
                    "bouncyCastle",
                    "recovery",
                    false),
            new Comparison(
                    "receipt-hash",
                    "The EIP-712 digest of a receipt: hand-laid words against web3j's general encoder.",
                    ReceiptHashBenchmark.class,
                    "web3j",
                    "hash",
                    false),
            new Comparison(
                    "sale-hash",
                    "The EIP-712 struct hash of a sale: hand-laid words against web3j's general encoder.",
                    SaleHashBenchmark.class,
                    "web3j",
                    "hash",
                    false),
            new Comparison(
                    "run",
                    "Verifying a run of 128 receipts: one signature over a hashed history against one per receipt.",
                    RunBenchmark.class,
                    "oneSignaturePerReceipt",
                    "receipt",
                    false),
            new Comparison(
                    "tap",
                    "A whole tap of phone and machine: what the journal's syncs to the disk add.",
                    TapBenchmark.class,
                    "inMemory",
                    "tap",
                    true));
}
