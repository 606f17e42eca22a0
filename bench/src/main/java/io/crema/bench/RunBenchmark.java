package io.crema.bench;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.value.Amount;
import io.crema.streams.balances.ChainView;
import io.crema.streams.balances.Channel;
import io.crema.streams.balances.ChannelStatus;
import io.crema.streams.balances.Keys;
import io.crema.streams.balances.Parties;
import io.crema.streams.balances.Place;
import io.crema.streams.balances.ReceiptBook;
import io.crema.streams.balances.Signers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where does the channel stand after this run of 128 receipts? */
@State(Scope.Thread)
public class RunBenchmark {
    private final List<SignedReceipt> run = Samples.run();
    private final ReceiptBook book = new ReceiptBook(new Signers(Samples.PAYMENT));
    private final Place place = new Place(0, 0, Instant.ofEpochSecond(Samples.NOON));
    private final Channel channel = Channel.unknown(Samples.CHANNEL)
            .with(new ChainView(
                    ChannelStatus.OPEN,
                    Optional.of(
                            new Parties(Samples.CUSTOMER.address(), Samples.MANUFACTURER.address(), 7, 3 * 24 * 60)),
                    Amount.MAX,
                    Amount.ZERO,
                    0,
                    Optional.empty()))
            .with(Keys.ownKeyOf(Samples.CUSTOMER.address()));

    /**
     * As the balances do it: every sale hashed into the history, which the newest receipt's one signature vouches for,
     * with all other rules (badge, coverage, duplicates).
     */
    @Benchmark
    @OperationsPerInvocation(Samples.RUN)
    public ChannelHead oneSignaturePerRun() {
        return book.receive(channel, run, place, new EmptyShelf()).channel().head();
    }

    /** As payment channels without a signed history must do it; without badges, coverage or sales. */
    @Benchmark
    @OperationsPerInvocation(Samples.RUN)
    public ChannelHead oneSignaturePerReceipt() {
        var head = ChannelHead.start(Samples.CHANNEL);
        for (var signed : run) {
            var receipt = signed.receipt();
            if (receipt.content().sequence() != head.sequence() + 1
                    || head.total().exceeds(receipt.content().total())
                    || !receipt.isSignedBy(Samples.EMPLOYEE.address(), Samples.PAYMENT)) {
                return head;
            }
            head = ChannelHead.at(receipt.content());
        }
        return head;
    }
}
