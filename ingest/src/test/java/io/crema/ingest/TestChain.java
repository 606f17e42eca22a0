package io.crema.ingest;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.contracts.value.Address;
import io.crema.ingest.watch.Finality;
import io.crema.platform.Anvil;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/** Anvil with the contracts, a block per transaction, and an owner who onboards participants. */
final class TestChain implements AutoCloseable {
    private static final BigInteger GAS = BigInteger.valueOf(300_000);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000);

    final Anvil anvil;
    final Contracts contracts;
    private final HttpService service;
    private final Web3j web3j;
    private final Credentials owner;

    TestChain() throws IOException {
        this(Anvil.builder().blockPerTransaction().start(), null);
    }

    TestChain(Anvil anvil, @Nullable Contracts deployed) throws IOException {
        this(anvil, deployed, 0);
    }

    private TestChain(Anvil anvil, @Nullable Contracts deployed, int account) throws IOException {
        this.anvil = anvil;
        this.service = new HttpService(anvil.rpcUrl());
        this.web3j = Web3j.build(service);
        this.owner = Credentials.create(anvil.accounts().get(account).privateKey());
        this.contracts = deployed == null ? Deployment.deploy(web3j, owner) : deployed;
    }

    /** The same chain with contracts of its own, deployed by another account. */
    TestChain deployAnother() throws IOException {
        return new TestChain(anvil, null, 1);
    }

    /** One transaction, one block, one event: ParticipantOnboarded of this account. */
    void onboard(int account) throws IOException {
        send(
                "onboard",
                new org.web3j.abi.datatypes.Address(account(account).hex()),
                new Uint8(2),
                new Bytes32(new byte[32]));
    }

    static Address account(int number) {
        var bytes = new byte[Address.LENGTH];
        bytes[0] = 1;
        bytes[18] = (byte) (number >> 8);
        bytes[19] = (byte) number;
        return Address.of(bytes);
    }

    void mine(int blocks) throws IOException {
        rpc("anvil_mine", "0x" + Integer.toHexString(blocks));
    }

    /** Replaces the newest blocks by empty ones. */
    void reorg(int depth) throws IOException {
        rpc("anvil_reorg", depth, List.of());
    }

    long head() throws IOException {
        return web3j.ethBlockNumber().send().getBlockNumber().longValueExact();
    }

    IngestConfig config(String bootstrapServers, int partitions, int confirmations) {
        return config(
                bootstrapServers,
                partitions,
                Nodes.of(List.of(URI.create(anvil.rpcUrl()))),
                new Finality.Confirmations(confirmations));
    }

    IngestConfig config(String bootstrapServers, int partitions, Nodes nodes, Finality finality) {
        return new IngestConfig(
                bootstrapServers,
                partitions,
                contracts.chainId(),
                nodes,
                List.of(WatchedContracts.of(contracts)),
                finality,
                Duration.ofMillis(50),
                20);
    }

    @Override
    public void close() {
        web3j.shutdown();
        anvil.close();
    }

    private void send(String function, Type<?>... arguments) throws IOException {
        var nonce = web3j.ethGetTransactionCount(owner.getAddress(), DefaultBlockParameterName.PENDING)
                .send()
                .getTransactionCount();
        var fee = web3j.ethGasPrice()
                .send()
                .getGasPrice()
                .multiply(BigInteger.TWO)
                .add(TIP);
        var data = FunctionEncoder.encode(new Function(function, Arrays.asList(arguments), List.of()));
        var transaction = RawTransaction.createTransaction(
                contracts.chainId(), nonce, GAS, contracts.identityProvider().hex(), BigInteger.ZERO, data, TIP, fee);
        var answer = web3j.ethSendRawTransaction(
                        Numeric.toHexString(TransactionEncoder.signMessage(transaction, owner)))
                .send();
        if (answer.hasError()) {
            throw new AssertionError(answer.getError().getMessage());
        }
        awaitMined(answer.getTransactionHash());
    }

    /** The node answers before the block is there; whoever asks for the head too soon sees the one before. */
    private void awaitMined(String transaction) throws IOException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (web3j.ethGetTransactionReceipt(transaction)
                .send()
                .getTransactionReceipt()
                .isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not mined within 30 s: " + transaction);
            }
            Thread.onSpinWait();
        }
    }

    private void rpc(String method, Object... parameters) throws IOException {
        var answer = new Request<>(method, Arrays.asList(parameters), service, Answer.class).send();
        if (answer.hasError()) {
            throw new AssertionError(method + ": " + answer.getError().getMessage());
        }
    }

    static final class Answer extends Response<Object> {}
}
