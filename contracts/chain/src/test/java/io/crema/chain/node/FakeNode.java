package io.crema.chain.node;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.RateLimitedException;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A node of a chain on which nothing happens, which answers or fails as told. */
final class FakeNode implements ChainNode {
    private final String name;
    long id = 7;
    long head;
    boolean down;
    boolean limited;
    Optional<Duration> retryAfter = Optional.empty();
    int asked;
    int received;

    FakeNode(String name, long head) {
        this.name = name;
        this.head = head;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long chainId() {
        answer();
        return id;
    }

    @Override
    public long blockNumber() {
        answer();
        return head;
    }

    @Override
    public SendResult broadcast(Payload raw) {
        answer();
        received++;
        return new SendResult.Accepted();
    }

    private void answer() {
        asked++;
        if (limited) {
            throw new RateLimitedException(name + " says slow down", retryAfter);
        }
        if (down) {
            throw new ChainUnreachableException(name + " is down");
        }
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        answer();
        return Optional.empty();
    }

    @Override
    public long latestNonce(Address account) {
        answer();
        return 0;
    }

    @Override
    public long pendingNonce(Address account) {
        answer();
        return 0;
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        answer();
        return 0;
    }

    @Override
    public FeeQuote fees() {
        answer();
        return new FeeQuote(BigInteger.ONE, BigInteger.ONE);
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        answer();
        return new CallResult.Returned<>(21_000L);
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        answer();
        return new CallResult.Returned<>(Payload.of(new byte[0]));
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        answer();
        return Optional.empty();
    }

    @Override
    public BigInteger balance(Address account) {
        answer();
        return BigInteger.ZERO;
    }

    @Override
    public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
        answer();
        return questions.stream()
                .<CallResult<Payload>>map(_ -> new CallResult.Returned<>(Payload.of(new byte[0])))
                .toList();
    }

    @Override
    public Optional<Execution> execution(Hash transaction) {
        answer();
        return Optional.empty();
    }

    @Override
    public void close() {}
}
