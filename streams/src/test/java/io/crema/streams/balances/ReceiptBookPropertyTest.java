package io.crema.streams.balances;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.Amount;
import io.crema.streams.Sales;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The book against a ledger so simple that it is right: what any order, repetition and damage must come to. */
class ReceiptBookPropertyTest {
    private static final int PRICE = 10;

    /** One step of a channel's life. */
    private sealed interface Step {
        record Arrives(List<SignedReceipt> run) implements Step {}

        record Deposits(long total) implements Step {}

        record KeysAreKnown() implements Step {}
    }

    @Property(tries = 150)
    void shouldComeToTheSameEndInAnyOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int receipts,
            @ForAll @IntRange(max = 35) int paid) {
        var random = new Random(seed);
        var sales = new Sales();
        Set<Long> bad = new HashSet<>();
        var all = sell(sales, receipts, random, bad);
        var steps = steps(all, (long) paid * PRICE, random);
        var book = new ReceiptBook(new Signers(Sales.PAYMENT));
        var shelf = new MemoryShelf();
        var channel = Channel.unknown(sales.channel);
        Set<Long> accepted = new HashSet<>();
        Set<Long> refused = new HashSet<>();
        for (var step : steps) {
            var judgement = apply(step, channel, sales, book, shelf);
            channel = judgement.channel();
            for (var one : judgement.accepted()) {
                var isNew = accepted.add(one.signed().receipt().content().sequence());
                assertThat(isNew).as("accepted once, seed %d", seed).isTrue();
            }
            judgement.refused().forEach(r -> {
                assertThat(r.refusal().code()).isEqualTo(Refusal.Code.WRONG_SIGNER);
                refused.add(r.signed().receipt().content().sequence());
            });
            check(channel, shelf);
        }
        var expected = newestPayable(receipts, paid, bad);
        assertThat(channel.head().sequence()).as("seed %d", seed).isEqualTo(expected);
        assertThat(accepted).hasSize((int) expected);
        assertThat(channel.head().total()).isEqualTo(Amount.of(PRICE * expected));
        assertThat(bad).containsAll(refused);
        assertThat(channel.forked()).isFalse();
        assertThat(channel.waiting().receipts() + channel.waiting().links()).isEqualTo(receipts - expected);
    }

    /** The simple ledger: the newest receipt that is covered and validly signed brings all before it along. */
    private static long newestPayable(int receipts, int paid, Set<Long> bad) {
        for (long sequence = Math.min(receipts, paid); sequence > 0; sequence--) {
            if (!bad.contains(sequence)) {
                return sequence;
            }
        }
        return 0;
    }

    private static List<SignedReceipt> sell(Sales sales, int receipts, Random random, Set<Long> bad) {
        List<SignedReceipt> all = new ArrayList<>();
        for (var i = 1; i <= receipts; i++) {
            var isBad = random.nextInt(5) == 0;
            if (isBad) {
                bad.add((long) i);
            }
            var signer = isBad ? Sales.key("thief") : sales.employee;
            all.add(sales.sell(sales.sale(PRICE), signer, sales.badge));
        }
        return all;
    }

    /** All receipts in runs, some twice, a deposit in one or two parts, and the keys, in any order. */
    private static List<Step> steps(List<SignedReceipt> all, long deposit, Random random) {
        List<Step> steps = new ArrayList<>();
        for (var from = 0; from < all.size(); ) {
            var to = Math.min(all.size(), from + 1 + random.nextInt(8));
            var run = new Step.Arrives(all.subList(from, to));
            steps.add(run);
            if (random.nextInt(3) == 0) {
                steps.add(run);
            }
            from = to;
        }
        steps.add(new Step.KeysAreKnown());
        Collections.shuffle(steps, random);
        var first = random.nextInt(steps.size() + 1);
        steps.add(first, new Step.Deposits(deposit / 2));
        steps.add(first + 1 + random.nextInt(steps.size() - first), new Step.Deposits(deposit));
        return steps;
    }

    private static Judgement apply(Step step, Channel channel, Sales sales, ReceiptBook book, MemoryShelf shelf) {
        var place = new Place(0, 0, Instant.ofEpochSecond(Sales.NOON));
        return switch (step) {
            case Step.Arrives(var run) -> book.receive(channel, run, place, shelf);
            case Step.Deposits(var total) -> book.reconsider(channel.with(view(sales, total)), shelf);
            case Step.KeysAreKnown() -> book.reconsider(channel.with(Keys.ownKeyOf(sales.customer.address())), shelf);
        };
    }

    private static ChainView view(Sales sales, long deposited) {
        var parties = new Parties(sales.customer.address(), sales.payee, sales.index, 60);
        return new ChainView(
                ChannelStatus.OPEN, Optional.of(parties), Amount.of(deposited), Amount.ZERO, 0, Optional.empty());
    }

    private static void check(Channel channel, MemoryShelf shelf) {
        var waiting = channel.waiting();
        assertThat(waiting.receipts() + waiting.links()).isEqualTo(shelf.waiting.size());
        assertThat(waiting.links())
                .isEqualTo(shelf.waiting.values().stream()
                        .filter(Candidate::refused)
                        .count());
        assertThat(waiting.money()).isEqualTo(Amount.of(PRICE * waiting.receipts()));
        assertThat(LongStream.rangeClosed(1, channel.head().sequence()))
                .allMatch(sequence -> channel.accepted(sequence, shelf).isPresent());
        assertThat(channel.accepted(channel.head().sequence() + 1, shelf)).isEmpty();
    }
}
