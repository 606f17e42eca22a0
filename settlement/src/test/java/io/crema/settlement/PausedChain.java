package io.crema.settlement;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A node whose broadcasts stand still until they are let go: the process is paused between commit and broadcast. */
final class PausedChain implements ChainPort {
    private final ChainPort node;
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    final List<Payload> sent = new CopyOnWriteArrayList<>();
    final List<SendResult> answers = new CopyOnWriteArrayList<>();

    PausedChain(ChainPort node) {
        this.node = node;
    }

    void awaitPause() throws InterruptedException {
        if (!paused.await(60, java.util.concurrent.TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was broadcast");
        }
    }

    void release() {
        released.countDown();
    }

    @Override
    public SendResult send(Payload raw) {
        paused.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sent.add(raw);
        var answer = node.send(raw);
        answers.add(answer);
        return answer;
    }

    @Override
    public long chainId() {
        return node.chainId();
    }

    @Override
    public long blockNumber() {
        return node.blockNumber();
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        return node.blockHash(number);
    }

    @Override
    public long latestNonce(Address account) {
        return node.latestNonce(account);
    }

    @Override
    public long pendingNonce(Address account) {
        return node.pendingNonce(account);
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        return node.nonceAt(account, blockNumber);
    }

    @Override
    public FeeQuote fees() {
        return node.fees();
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        return node.estimateGas(from, to, data);
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        return node.call(from, to, data);
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        return node.inclusion(transaction);
    }
}
