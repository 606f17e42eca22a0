package io.crema.bench;

import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.web3j.crypto.StructuredDataEncoder;

/** The digest of a receipt that an employee's key signs. */
@State(Scope.Thread)
public class ReceiptHashBenchmark {
    private Receipt receipt = Samples.run().getLast().receipt().content();
    private String json = StructuredText.of(receipt);
    private StructuredDataEncoder encoder = StructuredText.encoder(json);

    @Benchmark
    public Hash crema() {
        return Samples.PAYMENT.digest(receipt);
    }

    /** The encoder has parsed its JSON before. */
    @Benchmark
    public Hash web3j() {
        return Hash.of(encoder.hashStructuredData());
    }

    /** What a program pays that has a value and needs its digest: this encoder takes nothing but JSON. */
    @Benchmark
    public Hash web3jWithJson() {
        return Hash.of(StructuredText.encoder(json).hashStructuredData());
    }
}
