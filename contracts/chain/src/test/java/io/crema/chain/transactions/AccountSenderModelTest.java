package io.crema.chain.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Random histories with crashes, lost answers, reorganisations and strangers, against what must always hold. */
class AccountSenderModelTest {
    private static final int CONFIRMATIONS = 3;
    private static final BigInteger CAP = BigInteger.valueOf(100_000);
    private static final SigningKey KEY =
            SigningKey.of(TypedData.keccak("sender").bytes());
    private static final TransactionSigner SIGNER = new TransactionSigner(KEY, 31337);
    private static final TransactionPolicy POLICY = new TransactionPolicy(
            new FeePolicy(BigInteger.ONE, CAP, 125, Duration.ofSeconds(30), 20),
            CONFIRMATIONS,
            Duration.ofSeconds(10),
            4);

    private final SimulatedChain chain = new SimulatedChain();
    private final List<TransactionEvent> journal = new ArrayList<>();
    private final List<Call> wanted = new ArrayList<>();
    private @Nullable AccountSender sender;
    private Instant now = Instant.EPOCH;
    private boolean journalFailsBefore;
    private boolean journalFailsAfter;
    private boolean signerIsAway;
    private int intruders;

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void shouldGiveEachIntentOneKnownEnd(@ForAll long seed) {
        new AccountSenderModelTest().run(new Random(seed));
    }

    private void run(Random random) {
        for (var i = 0; i < 120; i++) {
            disturb(random);
            step();
            check();
        }
        calm();
        for (var i = 0; i < 400 && !isFinished(); i++) {
            step();
            chain.mine(3);
            now = now.plusSeconds(11);
            check();
        }
        assertThat(isFinished()).as("every intent has an end").isTrue();
        compareEndsWithTheChain();
    }

    private void disturb(Random random) {
        now = now.plusSeconds(random.nextInt(20));
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> want(random);
            case 3, 4, 5 -> chain.mine(random.nextInt(4));
            case 6 -> chain.reorganise(1 + random.nextInt(CONFIRMATIONS - 1));
            case 7 -> sender = null;
            case 8 -> chain.down = !chain.down;
            case 9 -> chain.losesAnswers = !chain.losesAnswers;
            case 10 -> chain.forgetPool();
            case 11 -> chain.baseFee = BigInteger.valueOf(1 + random.nextInt(2_000));
            case 12 -> journalFailsBefore = true;
            case 13 -> journalFailsAfter = true;
            case 15 -> signerIsAway = !signerIsAway;
            case 14 -> chain.reverts = random.nextInt(4) == 0;
            default -> {
                if (intruders < 3) {
                    intruders++;
                    chain.intrude(SIGNER, new Fees(BigInteger.TWO, BigInteger.valueOf(5_000)));
                }
            }
        }
    }

    private void want(Random random) {
        List<Hash> intents = new ArrayList<>();
        for (var i = 0; i <= random.nextInt(3); i++) {
            intents.add(TypedData.keccak("intent " + wanted.size() + " " + i));
        }
        var data = Payload.of(intents.stream().map(Hash::bytes).reduce(new byte[0], AccountSenderModelTest::join));
        wanted.add(Call.of(intents, Address.of(new byte[20]), data, 100_000));
    }

    private void step() {
        if (sender == null) {
            sender = new AccountSender(
                    chain, new TransactionSigner(remoteKey(), 31337), this::append, POLICY, AccountState.of(journal));
        }
        try {
            sender.step(wanted, now);
        } catch (ChainUnreachableException e) {
            assertThat(chain.down).isTrue();
        } catch (JournalFailure e) {
            sender = null;
        }
    }

    private AccountKey remoteKey() {
        return new AccountKey() {
            @Override
            public Address address() {
                return KEY.address();
            }

            @Override
            public Signature sign(byte[] message) {
                if (signerIsAway) {
                    throw new SignerUnavailableException("simulated: the signer is away");
                }
                return KEY.sign(Keccak.hash(message));
            }
        };
    }

    private static final class JournalFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void append(List<TransactionEvent> events) {
        if (journalFailsBefore) {
            journalFailsBefore = false;
            throw new JournalFailure();
        }
        journal.addAll(events);
        if (journalFailsAfter) {
            journalFailsAfter = false;
            throw new JournalFailure();
        }
    }

    private void check() {
        var state = AccountState.of(journal);
        Set<Hash> durable = new HashSet<>();
        for (var event : journal) {
            if (event instanceof TransactionEvent.Prepared prepared) {
                durable.add(prepared.version().hash());
            } else if (event instanceof TransactionEvent.Replaced replaced) {
                durable.add(replaced.version().hash());
            }
        }
        assertThat(chain.heard)
                .as("only durable bytes are broadcast")
                .allMatch(heard -> durable.contains(heard.version().hash()));
        List<Hash> intents = new ArrayList<>();
        state.open().values().forEach(open -> intents.addAll(open.call().intents()));
        state.closed().values().forEach(closed -> intents.addAll(closed.call().intents()));
        assertThat(intents).as("one nonce per intent").doesNotHaveDuplicates();
        state.open().values().forEach(this::checkVersions);
    }

    private void checkVersions(OpenTransaction open) {
        assertThat(open.versions()).hasSizeLessThanOrEqualTo(POLICY.fees().maxVersions());
        for (var i = 0; i < open.versions().size(); i++) {
            var fees = open.versions().get(i).fees();
            assertThat(fees.max()).isLessThanOrEqualTo(CAP);
            assertThat(i == 0
                            || SimulatedChain.outbids(
                                    fees, open.versions().get(i - 1).fees()))
                    .as("a replacement outbids the one before")
                    .isTrue();
        }
    }

    private void calm() {
        signerIsAway = false;
        chain.down = false;
        chain.losesAnswers = false;
        chain.reverts = false;
        chain.baseFee = BigInteger.TEN;
        journalFailsBefore = false;
        journalFailsAfter = false;
    }

    private boolean isFinished() {
        var state = AccountState.of(journal);
        return state.open().isEmpty()
                && state.closed().values().stream()
                                .filter(closed -> !closed.call().isFiller())
                                .count()
                        == wanted.size();
    }

    private void compareEndsWithTheChain() {
        List<Payload> executed = chain.executed().stream()
                .filter(included -> included.success() && !included.foreign())
                .map(included -> included.transaction().data())
                .filter(data -> data.size() > 0)
                .toList();
        List<Payload> confirmed = AccountState.of(journal).closed().values().stream()
                .filter(closed -> closed.end() instanceof TransactionEvent.Confirmed)
                .map(closed -> closed.call().data())
                .filter(data -> data.size() > 0)
                .toList();
        assertThat(confirmed).as("confirmed = executed, each once").containsExactlyElementsOf(executed);
        assertThat(executed).doesNotHaveDuplicates();
    }

    private static byte[] join(byte[] a, byte[] b) {
        var joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
