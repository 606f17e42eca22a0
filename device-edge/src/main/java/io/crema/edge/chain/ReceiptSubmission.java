package io.crema.edge.chain;

import io.crema.chain.transactions.ChainPort;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.edge.journal.MemoryLog;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings a machine's newest receipt to the chain, whoever has it: the sender pays the gas, the payee is credited. Stopping
 * half-way and beginning again pays nothing twice. A step function; not thread-safe.
 */
public final class ReceiptSubmission implements AutoCloseable {
    private static final DirectPolicy AT_ONCE = new DirectPolicy(
            Duration.ofSeconds(1),
            Duration.ZERO,
            Amount.of(1),
            BigInteger.valueOf(500_000_000_000L),
            1,
            Duration.ofMinutes(1));

    private final NewestReceipt receipt;
    private final DirectSettlement settlement;

    /** @param sender pays the gas; needs no right at all */
    public ReceiptSubmission(NewestReceipt receipt, SigningKey sender, ChainPort chain) {
        this.receipt = receipt;
        var domains = Domains.of(receipt.chainId(), receipt.paymentProvider(), Address.ZERO, Address.ZERO);
        this.settlement = new DirectSettlement(AT_ONCE, domains, sender, sender, () -> chain, new MemoryLog());
    }

    /** To be repeated while it says {@link DirectReport.State#SENDING}. */
    public DirectReport step(Instant now) {
        return settlement.step(now, AT_ONCE.silence(), Optional.of(receipt), Optional.empty());
    }

    @Override
    public void close() {
        settlement.close();
    }
}
