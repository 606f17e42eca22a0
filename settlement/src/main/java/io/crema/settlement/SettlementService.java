package io.crema.settlement;

import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.settlement.kafka.LogSettings;
import io.crema.settlement.runner.SettlementRunner;
import io.crema.settlement.step.AccountLog;
import io.crema.settlement.step.SettlementContracts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settles the intents of the log on chain, from one account. Start it once; closing it leaves everything as a crash
 * would, and the next start goes on from there. {@link #status} may be called from any thread.
 */
public final class SettlementService implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);

    private final SettlementRunner runner;
    private final Web3Chain chain;
    private final Address account;
    private @Nullable Thread thread;

    /**
     * With the key of the configured key file.
     *
     * @throws io.crema.chain.keys.KeyStoreException when the key cannot be had
     */
    public SettlementService(SettlementConfig config) {
        this(config, config.loadKey());
    }

    /** With a key that the caller holds; the configured key file is not read. */
    public SettlementService(SettlementConfig config, SigningKey key) {
        this(config, key, InstantSource.system(), UnaryOperator.identity());
    }

    SettlementService(
            SettlementConfig config, SigningKey key, InstantSource clock, UnaryOperator<AccountLog> logWrapper) {
        chain = new Web3Chain(config.rpcUrls().getFirst());
        account = key.address();
        runner = new SettlementRunner(
                new LogSettings(config.bootstrapServers(), config.partitions(), account),
                chain,
                chain,
                new TransactionSigner(key, config.chainId()),
                new SettlementContracts(config.paymentProvider(), config.maintenanceProvider()),
                config.policy(),
                config.pollChainEvery(),
                clock,
                logWrapper);
    }

    /** Starts its thread and returns at once. */
    public synchronized SettlementService start() {
        if (thread != null) {
            throw new IllegalStateException("settlement was started before; make a new one");
        }
        thread = Thread.ofPlatform()
                .name("settlement-" + account.hex().substring(0, 10))
                .daemon()
                .start(runner);
        return this;
    }

    public SettlementStatus status() {
        return runner.status();
    }

    /** The account that sends. */
    public Address account() {
        return account;
    }

    /** Stops within seconds; what is under way goes on at the next start. */
    @Override
    public synchronized void close() {
        runner.stop();
        var running = thread;
        if (running != null) {
            try {
                if (!running.join(END)) {
                    running.interrupt();
                }
            } catch (InterruptedException e) {
                running.interrupt();
                Thread.currentThread().interrupt();
            }
        }
        chain.close();
    }
}
