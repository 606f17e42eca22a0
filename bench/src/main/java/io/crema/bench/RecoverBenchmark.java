package io.crema.bench;

import io.crema.contracts.crypto.BouncyCastleSecp256k1;
import io.crema.contracts.crypto.NativeSecp256k1;
import io.crema.contracts.crypto.Secp256k1;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Who signed this digest? One recovery per call, over the 128 digests of one run in turn. */
@State(Scope.Thread)
public class RecoverBenchmark {
    private final Secp256k1 fast = new NativeSecp256k1();
    private final Secp256k1 pure = new BouncyCastleSecp256k1();
    private final List<Signed<Receipt>> receipts =
            Samples.run().stream().map(signed -> signed.receipt()).toList();
    private final List<Hash> digests = receipts.stream()
            .map(signed -> Samples.PAYMENT.digest(signed.content()))
            .toList();
    private int next;

    @Benchmark
    public Optional<Address> libsecp256k1() {
        return recover(fast);
    }

    @Benchmark
    public Optional<Address> bouncyCastle() {
        return recover(pure);
    }

    private Optional<Address> recover(Secp256k1 library) {
        next = (next + 1) % Samples.RUN;
        return library.recover(digests.get(next), receipts.get(next).signature());
    }
}
