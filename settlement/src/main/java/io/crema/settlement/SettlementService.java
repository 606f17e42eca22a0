package io.crema.settlement;

import io.crema.chain.keys.KeyStoreException;
import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.chain.keys.Web3Signer;
import io.crema.chain.node.FailoverChain;
import io.crema.chain.node.NodeHealth;
import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.AccountKey;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.TransactionSigner;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.settlement.kafka.LogSettings;
import io.crema.settlement.runner.NodeWatch;
import io.crema.settlement.runner.SettlementRunner;
import io.crema.settlement.step.AccountLog;
import io.crema.settlement.step.SettlementContracts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settles the intents of the log on chain, from one or several accounts. Start it once; closing it leaves everything as
 * a crash would, and the next start goes on from there. {@link #status} may be called from any thread.
 */
public final class SettlementService implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration SIGNER_PATIENCE = Duration.ofSeconds(10);

    private final SettlementRunner runner;
    private final FailoverChain chain;
    private final List<AutoCloseable> resources;
    private final List<Address> accounts;
    private @Nullable Thread thread;

    /** What a test puts between settlement and its ports. */
    record Hooks(InstantSource clock, UnaryOperator<AccountLog> log, UnaryOperator<ChainPort> chain) {
        static final Hooks NONE = new Hooks(InstantSource.system(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * With the keys that the configuration tells of.
     *
     * @throws KeyStoreException when a key cannot be had
     */
    public SettlementService(SettlementConfig config) {
        this(config, Keys.of(config.keys()), Hooks.NONE);
    }

    /** With a key that the caller holds. */
    public SettlementService(SettlementConfig config, SigningKey key) {
        this(config, Keys.of(List.of(key)), Hooks.NONE);
    }

    SettlementService(SettlementConfig config, Keys keys, Hooks hooks) {
        chain = new FailoverChain(
                config.rpcUrls().stream().map(Web3Chain::new).toList(), config.chainId(), hooks.clock());
        resources = keys.resources();
        var signers = keys.keys().stream()
                .map(key -> new TransactionSigner(key, config.chainId()))
                .toList();
        accounts = signers.stream().map(TransactionSigner::account).toList();
        runner = new SettlementRunner(
                new LogSettings(config.bootstrapServers(), config.partitions()),
                hooks.chain().apply(chain),
                chain,
                watch(chain),
                signers,
                new SettlementContracts(config.paymentProvider(), config.maintenanceProvider()),
                config.policy(),
                config.pollChainEvery(),
                hooks.clock(),
                hooks.log());
    }

    /** The accounts' keys, and what has to be closed with them. */
    record Keys(List<AccountKey> keys, List<AutoCloseable> resources) {

        static Keys of(List<SigningKey> held) {
            return new Keys(held.stream().map(AccountKey::of).toList(), List.of());
        }

        static Keys of(KeySource source) {
            return switch (source) {
                case KeySource.Given() ->
                    throw new KeyStoreException(
                            "no key is configured; set CREMA_KEYSTORE and CREMA_KEYSTORE_PASSWORD_FILE, or CREMA_SIGNER_URL and CREMA_SIGNER_ACCOUNTS");
                case KeySource.Files(var files) -> {
                    List<SigningKey> loaded = new ArrayList<>();
                    for (var file : files) {
                        var key = KeyStoreFile.load(file.file(), Password.fromFile(file.passwordFile()));
                        if (loaded.stream().anyMatch(other -> other.address().equals(key.address()))) {
                            throw new KeyStoreException("the key file %s holds account %s, as another one does"
                                    .formatted(file.file(), key.address()));
                        }
                        loaded.add(key);
                    }
                    yield of(loaded);
                }
                case KeySource.Signer(var url, var accounts) -> {
                    var signer = new Web3Signer(url, SIGNER_PATIENCE);
                    yield new Keys(accounts.stream().map(signer::key).toList(), List.of(signer));
                }
            };
        }
    }

    private static NodeWatch watch(FailoverChain chain) {
        return new NodeWatch() {
            @Override
            public void refresh() {
                chain.refresh();
            }

            @Override
            public List<NodeHealth> health() {
                return chain.health();
            }
        };
    }

    /** Starts its thread and returns at once. */
    public synchronized SettlementService start() {
        if (thread != null) {
            throw new IllegalStateException("settlement was started before; make a new one");
        }
        new SettlementMetrics(runner::status).register();
        thread = Thread.ofPlatform().name("settlement").daemon().start(runner);
        return this;
    }

    public SettlementStatus status() {
        return runner.status();
    }

    /** The account that sends service requests, and the only one unless several are configured. */
    public Address account() {
        return accounts.getFirst();
    }

    /** All accounts that send. */
    public List<Address> accounts() {
        return accounts;
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
        for (var resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("settlement did not stop: " + e.getMessage(), e);
            }
        }
    }
}
