package io.crema.simulation.chain;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainPort;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The simulated chain as the transaction core and settlement see it. */
public final class SenderNode implements ChainPort, ChainReader {
    private static final long GAS_PER_ROW = 60_000;
    private static final long GAS_USED = 50_000;

    private final SimulatedChain chain;
    private final long chainId;
    private final CrashPoints crash;
    private final Connection connection;

    public SenderNode(SimulatedChain chain, long chainId, CrashPoints crash, Connection connection) {
        this.chain = chain;
        this.chainId = chainId;
        this.crash = crash;
        this.connection = connection;
    }

    @Override
    public long chainId() {
        asked();
        return chainId;
    }

    @Override
    public long blockNumber() {
        asked();
        return chain.head();
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        asked();
        return number <= chain.head() ? Optional.of(chain.block(number).hash()) : Optional.empty();
    }

    @Override
    public long latestNonce(Address account) {
        asked();
        return chain.nonce(chain.block(chain.head()), account);
    }

    @Override
    public long pendingNonce(Address account) {
        return latestNonce(account) + chain.waitingOf(account);
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        asked();
        return chain.nonce(chain.block(blockNumber), account);
    }

    @Override
    public FeeQuote fees() {
        asked();
        return new FeeQuote(chain.baseFee(), BigInteger.ONE);
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        return tried(from, PaymentCalls.decode(data))
                .<CallResult<Long>>map(SenderNode::refused)
                .orElseGet(() -> {
                    var rows = PaymentCalls.decode(data) instanceof PaymentCall.RedeemMany many
                            ? many.rows().size()
                            : 1;
                    return new CallResult.Returned<>(GAS_PER_ROW * rows);
                });
    }

    /** Knows calls that return nothing. */
    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        return tried(from, PaymentCalls.decode(data))
                .<CallResult<Payload>>map(SenderNode::refused)
                .orElseGet(() -> new CallResult.Returned<>(Payload.of(new byte[0])));
    }

    private Optional<RevertedException> tried(Address from, PaymentCall call) {
        asked();
        try {
            chain.state(chain.head()).copy().apply(from, call, chain.time(chain.head()) + 1);
            return Optional.empty();
        } catch (RevertedException reverted) {
            return Optional.of(reverted);
        }
    }

    private static <T> CallResult<T> refused(RevertedException reverted) {
        return new CallResult.Reverted<>(reverted.data(), "execution reverted: " + reverted.getMessage());
    }

    @Override
    public BigInteger balance(Address account) {
        asked();
        return chain.balance(account);
    }

    /** Knows {@code channels(bytes32)} alone. */
    @Override
    public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
        asked();
        var state = chain.state(blockNumber);
        return questions.stream()
                .<CallResult<Payload>>map(question -> {
                    var bytes = question.data().bytes();
                    var slot = state.channel(new ChannelId(Hash.of(Arrays.copyOfRange(bytes, 4, 36))));
                    return new CallResult.Returned<>(Payload.of(new Words(4)
                            .amount(slot.deposited())
                            .amount(slot.redeemed())
                            .u64(slot.closeAt())
                            .u64(slot.periodMinutes())
                            .toBytes()));
                })
                .toList();
    }

    @Override
    public Optional<Execution> execution(Hash transaction) {
        asked();
        for (var block : chain.blocks().reversed()) {
            for (var included : block.included()) {
                if (included.hash().equals(transaction)) {
                    var inclusion = new Inclusion(
                            transaction, block.hash(), block.number(), included.success(), GAS_USED, chain.baseFee());
                    return Optional.of(new Execution(inclusion, included.logs()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        return execution(transaction).map(Execution::inclusion);
    }

    @Override
    public SendResult send(Payload raw) {
        crash.point();
        if (connection.isCut()) {
            return new SendResult.Unreachable("connection refused");
        }
        var result = chain.send(raw);
        crash.point();
        return connection.losesAnswer() ? new SendResult.Unreachable("timeout") : result;
    }

    private void asked() {
        crash.point();
        if (connection.isCut() || connection.losesAnswer()) {
            throw new ChainUnreachableException("the simulated node does not answer");
        }
    }
}
