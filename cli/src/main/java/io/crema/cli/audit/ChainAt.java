package io.crema.cli.audit;

import io.crema.chain.node.Web3Chain;
import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainReader.Question;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.protocol.exceptions.ClientConnectionException;

/** What the contracts say as of the end of one block. Questions travel in batches. Not thread-safe. */
final class ChainAt {
    private static final int BATCH = 200;
    private static final int WORD = 32;
    private static final byte[] CHANNELS = selector("channels(bytes32)");
    private static final byte[] CREDITED = selector("credited(address)");
    private static final byte[] TOKEN = selector("token()");
    private static final byte[] BALANCE_OF = selector("balanceOf(address)");

    private final Web3Chain node;
    private final Address payment;
    private final long block;
    private final Hash hash;

    private ChainAt(Web3Chain node, Address payment, long block, Hash hash) {
        this.node = node;
        this.payment = payment;
        this.block = block;
        this.hash = hash;
    }

    /** @throws UnreadableException when the node has no such block */
    static ChainAt of(Web3Chain node, Address payment, long block) {
        var hash = hash(node, block);
        return new ChainAt(
                node,
                payment,
                block,
                hash.orElseThrow(() ->
                        new UnreadableException("the node has no block %d; it may lag: try again".formatted(block))));
    }

    static Optional<Hash> hash(Web3Chain node, long block) {
        return reading(() -> node.blockHash(block));
    }

    long block() {
        return block;
    }

    Hash hash() {
        return hash;
    }

    Map<ChannelId, Slot> slots(Collection<ChannelId> channels) {
        return ask(
                channels,
                channel -> new Question(payment, call(CHANNELS, new Words(1).hash(channel.value()))),
                4,
                words -> new Slot(
                        new Amount(words[0]),
                        new Amount(words[1]),
                        words[2].longValueExact(),
                        words[3].intValueExact()));
    }

    /** What the accounts may withdraw, together. */
    BigInteger credited(Collection<Address> accounts) {
        return ask(accounts, a -> new Question(payment, call(CREDITED, new Words(1).address(a))), 1, words -> words[0])
                .values()
                .stream()
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The tokens that PaymentProvider holds. */
    BigInteger held() {
        var token = one(new Question(payment, Payload.of(TOKEN)));
        var address = new byte[Address.LENGTH];
        var raw = token.toByteArray();
        var size = Math.min(raw.length, Address.LENGTH);
        System.arraycopy(raw, raw.length - size, address, Address.LENGTH - size, size);
        return one(new Question(Address.of(address), call(BALANCE_OF, new Words(1).address(payment))));
    }

    Optional<Inclusion> inclusion(Hash transaction) {
        return reading(() -> node.inclusion(transaction));
    }

    /** @throws UnreadableException when the chain has another block at this height by now */
    void checkStill() {
        var now = reading(() -> node.blockHash(block));
        if (now.filter(hash::equals).isEmpty()) {
            throw new UnreadableException(
                    "block %d was %s and is %s now: the chain was reorganised while it was read; audit again"
                            .formatted(block, hash, now.map(Object::toString).orElse("gone")));
        }
    }

    private BigInteger one(Question question) {
        return ask(List.of(question), q -> q, 1, words -> words[0])
                .values()
                .iterator()
                .next();
    }

    private <K, V> Map<K, V> ask(
            Collection<K> keys, Function<K, Question> question, int words, Function<BigInteger[], V> decode) {
        Map<K, V> answers = new LinkedHashMap<>();
        List<K> batch = new ArrayList<>(BATCH);
        var left = keys.iterator();
        while (left.hasNext()) {
            batch.add(left.next());
            if (batch.size() == BATCH || !left.hasNext()) {
                var replies =
                        reading(() -> node.callAll(batch.stream().map(question).toList(), block));
                for (var i = 0; i < batch.size(); i++) {
                    answers.put(batch.get(i), decode.apply(words(replies.get(i), words)));
                }
                batch.clear();
            }
        }
        return answers;
    }

    private BigInteger[] words(CallResult<Payload> reply, int expected) {
        return switch (reply) {
            case CallResult.Returned<Payload>(var value)
            when value.size() == expected * WORD -> {
                var bytes = value.bytes();
                var words = new BigInteger[expected];
                for (var i = 0; i < expected; i++) {
                    words[i] = new BigInteger(1, Arrays.copyOfRange(bytes, i * WORD, (i + 1) * WORD));
                }
                yield words;
            }
            case CallResult.Returned<Payload>(var value) ->
                throw new UnreadableException(
                        "the node answers a call at block %d with %d bytes, expected %d: is PaymentProvider at %s, and is the block after its deployment?"
                                .formatted(block, value.size(), expected * WORD, payment));
            case CallResult.Reverted<Payload>(var data, var message) ->
                throw new UnreadableException(
                        "the node refuses a call at block %d: %s; a block this old may need an archive node"
                                .formatted(block, message));
        };
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ChainUnreachableException | ClientConnectionException e) {
            throw new UnreadableException("the chain cannot be read: " + e.getMessage(), e);
        }
    }

    private static Payload call(byte[] selector, Words words) {
        var arguments = words.toBytes();
        var data = Arrays.copyOf(selector, selector.length + arguments.length);
        System.arraycopy(arguments, 0, data, selector.length, arguments.length);
        return Payload.of(data);
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(TypedData.keccak(signature).bytes(), 4);
    }
}
