package io.crema.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local Ethereum test chain: Foundry's anvil as a child process on 127.0.0.1, with funded accounts whose keys are
 * known to everyone. It ends with this JVM, however that ends.
 *
 * <p>With a state file the chain is loaded from it at the start, written to it every few seconds and at the stop; a
 * SIGKILL loses what came after the last write. Safe for use by several threads.
 */
public final class Anvil implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Anvil.class);
    private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+:\\d+)");
    private static final Pattern NUMBERED = Pattern.compile("\\(\\d+\\) (0x[0-9a-fA-F]+)(?: .*)?");

    /** A funded account: address and private key, both 0x and hex. */
    public record Account(String address, String privateKey) {}

    private final Process process;
    private final Leash leash;
    private final String rpcUrl;
    private final List<Account> accounts;

    private Anvil(Process process, Leash leash, String rpcUrl, List<Account> accounts) {
        this.process = process;
        this.leash = leash;
        this.rpcUrl = rpcUrl;
        this.accounts = List.copyOf(accounts);
    }

    /** A chain with chain id 31337, a block each second, ten accounts, an ephemeral port and no state file. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code http://127.0.0.1:port}; the same port answers WebSocket connections. */
    public String rpcUrl() {
        return rpcUrl;
    }

    /** The funded accounts in the order of their derivation path. */
    public List<Account> accounts() {
        return accounts;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Ends the chain: SIGTERM, so that it writes its state, and SIGKILL if it does not end within ten seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            leash.close();
        }
    }

    private static Anvil start(Builder builder) {
        var command = builder.command(AnvilBinary.find());
        Process process;
        try {
            process = new ProcessBuilder(Session.own(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new PlatformException("Cannot run the test chain: " + command + ": " + e.getMessage(), e);
        }
        var leash = Leash.tie(process.pid(), "TERM");
        var output = new Output(process);
        Thread.ofVirtual().name("anvil-output").start(output);
        try {
            var address = output.listening.get(20, TimeUnit.SECONDS);
            log.info("chain ready at http://{} pid={} state={}", address, process.pid(), builder.state);
            return new Anvil(process, leash, "http://" + address, output.accounts());
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            leash.close();
            throw new PlatformException(
                    "The test chain did not start (" + String.join(" ", command) + "). It said: " + output.tail(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            leash.close();
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while the test chain was starting", e);
        }
    }

    /** Reads what anvil prints, up to its end: its pipe must never fill. */
    private static final class Output implements Runnable {
        private final Process process;
        private final CompletableFuture<String> listening = new CompletableFuture<>();
        private final List<String> numbered = new ArrayList<>();
        private final ArrayDeque<String> tail = new ArrayDeque<>();

        private Output(Process process) {
            this.process = process;
        }

        @Override
        public void run() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    read(line.strip());
                }
            } catch (IOException e) {
                log.debug("anvil output ended: {}", e.getMessage());
            }
            listening.completeExceptionally(new IOException("anvil ended before it listened"));
        }

        private synchronized void read(String line) {
            if (listening.isDone() || line.isEmpty()) {
                return;
            }
            tail.addLast(line);
            if (tail.size() > 8) {
                tail.removeFirst();
            }
            var account = NUMBERED.matcher(line);
            if (account.matches()) {
                numbered.add(account.group(1));
            }
            var found = LISTENING.matcher(line);
            if (found.find()) {
                listening.complete(found.group(1));
            }
        }

        /** anvil prints all addresses, then all keys. */
        private synchronized List<Account> accounts() {
            var half = numbered.size() / 2;
            var accounts = new ArrayList<Account>();
            for (var i = 0; i < half; i++) {
                accounts.add(new Account(numbered.get(i), numbered.get(half + i)));
            }
            return accounts;
        }

        private synchronized String tail() {
            return String.join(" | ", tail);
        }
    }

    /** Collects what a chain needs; every setting has a default. */
    public static final class Builder {
        private long chainId = 31337;
        private int accounts = 10;
        private int port;
        private String host = "127.0.0.1";
        private Optional<Duration> blockTime = Optional.of(Duration.ofSeconds(1));
        private Optional<Path> state = Optional.empty();

        private Builder() {}

        public Builder chainId(long id) {
            this.chainId = id;
            return this;
        }

        /** How many funded accounts (10,000 ether each) there are. */
        public Builder accounts(int count) {
            this.accounts = count;
            return this;
        }

        /** A fixed port; 0, the default, takes any free one. */
        public Builder port(int fixed) {
            this.port = fixed;
            return this;
        }

        /** Listens on this address: {@code 0.0.0.0} in a container, never on a workstation. */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /** A block each so many whole seconds. */
        public Builder blockTime(Duration time) {
            this.blockTime = Optional.of(time);
            return this;
        }

        /** A block for each transaction, at once, and none without. */
        public Builder blockPerTransaction() {
            this.blockTime = Optional.empty();
            return this;
        }

        /** Keeps the chain in this file. */
        public Builder state(Path file) {
            this.state = Optional.of(file.toAbsolutePath());
            return this;
        }

        /** Starts the chain and returns when it answers. */
        public Anvil start() {
            state.ifPresent(Builder::prepare);
            return Anvil.start(this);
        }

        private static void prepare(Path file) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new PlatformException("Cannot create the folder of the chain's state file " + file, e);
            }
        }

        private List<String> command(Path binary) {
            var command = new ArrayList<>(List.of(binary.toString(), "--host", host));
            command.addAll(List.of("--port", Integer.toString(port), "--chain-id", Long.toString(chainId)));
            command.addAll(List.of("--accounts", Integer.toString(accounts), "--hardfork", "osaka"));
            command.addAll(List.of("--gas-limit", "300000000", "--prune-history", "300"));
            command.addAll(List.of("--slots-in-an-epoch", "1", "--threads", "2"));
            blockTime.ifPresent(time -> command.addAll(List.of("-b", Long.toString(Math.max(1, time.toSeconds())))));
            state.ifPresent(file -> command.addAll(List.of("--state", file.toString(), "--state-interval", "5")));
            return command;
        }
    }
}
