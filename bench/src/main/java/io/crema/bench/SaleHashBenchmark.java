package io.crema.bench;

import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.web3j.crypto.StructuredDataEncoder;

/** The struct hash of a sale, a link of the receipt's history. */
@State(Scope.Thread)
public class SaleHashBenchmark {
    private Sale sale = Samples.run().getLast().sale();
    private String json = StructuredText.of(sale);
    private StructuredDataEncoder encoder = StructuredText.encoder(json);

    @Benchmark
    public Hash crema() {
        return sale.structHash();
    }

    /** The encoder has parsed its JSON before. */
    @Benchmark
    public Hash web3j() {
        return StructuredText.structHash(encoder);
    }

    /** What a program pays that has a value and needs its hash: this encoder takes nothing but JSON. */
    @Benchmark
    public Hash web3jWithJson() {
        return StructuredText.structHash(StructuredText.encoder(json));
    }
}
