package io.crema.bench.chain;

import io.crema.bench.chain.Rpc.Call;
import io.crema.chain.deploy.Contracts;
import io.crema.chain.deploy.Deployment;
import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.platform.Anvil;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;

/**
 * A test chain with the contracts, a block each second. Channels are put into PaymentProvider's storage, which takes
 * seconds where opening them one by one takes minutes. One owner.
 */
final class TestChain implements AutoCloseable {
    private static final BigInteger DEPOSIT = BigInteger.valueOf(1_000_000);
    private static final int PERIOD_MINUTES = 4_320;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_STORAGE_SLOTS = 32;

    private final Anvil anvil = Anvil.builder().start();
    private final Rpc rpc = new Rpc(anvil.rpcUrl());
    private final Contracts contracts;

    TestChain() throws IOException {
        var http = new HttpService(anvil.rpcUrl());
        contracts = Deployment.deploy(
                Web3j.build(http),
                Credentials.create(anvil.accounts().getFirst().privateKey()));
    }

    Contracts contracts() {
        return contracts;
    }

    Rpc rpc() {
        return rpc;
    }

    String url() {
        return anvil.rpcUrl();
    }

    /** @param number of anvil's accounts, from 1: the first one has deployed */
    SigningKey key(int number) {
        return SigningKey.fromHex(anvil.accounts().get(number).privateKey());
    }

    /** Puts funded channels of customer 1 and payee 2 on chain. */
    void fund(long from, long to) throws IOException, InterruptedException {
        var position = positionOfChannels();
        var value = Rpc.word(DEPOSIT.or(BigInteger.valueOf(PERIOD_MINUTES).shiftLeft(232)));
        var provider = contracts.paymentProvider().hex();
        for (var first = from; first < to; first += AT_ONCE) {
            rpc.all(LongStream.range(first, Math.min(to, first + AT_ONCE))
                    .mapToObj(index -> Call.of("anvil_setStorageAt", provider, slot(channel(index), position), value))
                    .toList());
        }
        if (!deposited(channel(to - 1)).equals(DEPOSIT)) {
            throw new IllegalStateException("channel %d has no deposit".formatted(to - 1));
        }
    }

    ChannelId channel(long index) {
        return ChannelId.of(key(1).address(), key(2).address(), index);
    }

    /** What was redeemed of a channel, in the newest block. */
    BigInteger redeemed(ChannelId channel) throws IOException, InterruptedException {
        return field(channel, 1);
    }

    private BigInteger deposited(ChannelId channel) throws IOException, InterruptedException {
        return field(channel, 0);
    }

    private BigInteger field(ChannelId channel, int field) throws IOException, InterruptedException {
        var data = hash("channels(bytes32)").hex().substring(0, 10)
                + channel.value().hex().substring(2);
        var answer =
                rpc.call("eth_call", Map.of("to", contracts.paymentProvider().hex(), "data", data), "latest");
        return new BigInteger(answer.textValue().substring(2 + 64 * field, 2 + 64 * (field + 1)), 16);
    }

    /** Where the compiler has put the channels: the slot that the contract's own view reads. */
    private int positionOfChannels() throws IOException, InterruptedException {
        var probe = channel(Long.MAX_VALUE);
        var provider = contracts.paymentProvider().hex();
        for (var position = 0; position < MOST_STORAGE_SLOTS; position++) {
            var slot = slot(probe, position);
            rpc.call("anvil_setStorageAt", provider, slot, Rpc.word(BigInteger.ONE));
            var found = deposited(probe).equals(BigInteger.ONE);
            rpc.call("anvil_setStorageAt", provider, slot, Rpc.word(BigInteger.ZERO));
            if (found) {
                return position;
            }
        }
        throw new IllegalStateException("PaymentProvider keeps its channels somewhere else");
    }

    private static String slot(ChannelId channel, int position) {
        return Keccak.hash(new Words(2).hash(channel.value()).u64(position).toBytes())
                .hex();
    }

    /** Returns when a transaction of each nonce below this one is in a block. */
    void awaitNonce(SigningKey sender, long nonce) throws IOException, InterruptedException {
        while (rpc.number("eth_getTransactionCount", sender.address().hex(), "latest") < nonce) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Sends raw transactions in requests of so many. */
    void send(List<String> raw, int atOnce) throws IOException, InterruptedException {
        for (var from = 0; from < raw.size(); from += atOnce) {
            List<Call> calls = new ArrayList<>();
            raw.subList(from, Math.min(raw.size(), from + atOnce))
                    .forEach(bytes -> calls.add(Call.of("eth_sendRawTransaction", bytes)));
            rpc.all(calls);
        }
    }

    static Hash hash(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        rpc.close();
        anvil.close();
    }
}
