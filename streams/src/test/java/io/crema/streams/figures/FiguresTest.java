package io.crema.streams.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.streams.Sales;
import io.crema.streams.balances.ChainView;
import io.crema.streams.balances.Channel;
import io.crema.streams.balances.ChannelStatus;
import io.crema.streams.balances.Judgement;
import io.crema.streams.balances.Keys;
import io.crema.streams.balances.Parties;
import io.crema.streams.balances.Waiting;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Sales SALES = new Sales();

    @Property(tries = 300)
    void shouldComeToTheSumOfAllChannelsHoweverTheyChanged(@ForAll List<@IntRange(max = 1_000_000) Integer> moves) {
        var channels = new Channel[] {unknown(), unknown(), unknown()};
        var figures = new Figures();
        for (var move : moves) {
            var which = move % 3;
            var next = channel(move);
            figures.changed(channels[which], next);
            channels[which] = next;
        }
        var anew = new Figures();
        for (var channel : channels) {
            anew.changed(unknown(), channel);
        }
        for (var figure : Figure.values()) {
            assertThat(figures.get(figure)).as(figure.name()).isEqualTo(anew.get(figure));
        }
    }

    @Test
    void shouldTellWhatIsAtRiskFromWhatIsLost() {
        var figures = new Figures();
        figures.changed(unknown(), channel(ChannelStatus.OPEN, 1_000, 300, 7, Waiting.Reason.GAP));
        assertThat(figures.get(Figure.REDEEMED)).isEqualTo(BigInteger.valueOf(300));
        assertThat(figures.get(Figure.WAITING_GAP)).isEqualTo(BigInteger.ONE);
        assertThat(figures.get(Figure.AMOUNT_GAP)).isEqualTo(BigInteger.valueOf(7));
        assertThat(figures.get(Figure.LOST)).isZero();
        figures.changed(
                channel(ChannelStatus.OPEN, 1_000, 300, 7, Waiting.Reason.GAP),
                channel(ChannelStatus.CLOSED, 1_000, 300, 7, Waiting.Reason.GAP));
        assertThat(figures.get(Figure.AMOUNT_GAP)).isZero();
        assertThat(figures.get(Figure.LOST)).isEqualTo(BigInteger.valueOf(7));
    }

    @Test
    void shouldStayTheSameThroughItsBytes() {
        var figures = new Figures();
        figures.changed(unknown(), channel(ChannelStatus.OPEN, Long.MAX_VALUE, 300, 7, Waiting.Reason.UNCOVERED));
        figures.judged(new Judgement(unknown(), List.of(), List.of(), new Judgement.Effort(3, 2, 1)));
        figures.refused("FORK");
        figures.refused("FORK");
        var read = Figures.fromBytes(figures.toBytes());
        for (var figure : Figure.values()) {
            assertThat(read.get(figure)).isEqualTo(figures.get(figure));
        }
        assertThat(read.refused()).containsExactly(java.util.Map.entry("FORK", 2L));
        assertThat(read.toBytes()).isEqualTo(figures.toBytes());
    }

    @Test
    void shouldGiveNoFigureAnothersId() {
        assertThat(List.of(Figure.values())).extracting(Figure::id).doesNotHaveDuplicates();
        assertThat(List.of(Figure.values()))
                .extracting(f -> f.metric() + f.labels())
                .doesNotHaveDuplicates();
    }

    private static Channel unknown() {
        return Channel.unknown(SALES.channel);
    }

    private static Channel channel(int move) {
        var status = ChannelStatus.values()[move % 4];
        var reason = Waiting.Reason.values()[move / 4 % 4];
        return channel(status, move % 1_000, move % 77, move % 13, reason);
    }

    private static Channel channel(
            ChannelStatus status, long deposited, long redeemed, long waits, Waiting.Reason why) {
        var parties = new Parties(SALES.customer.address(), SALES.payee, 0, 60);
        var view = new ChainView(
                status,
                status == ChannelStatus.PENDING ? Optional.empty() : Optional.of(parties),
                Amount.of(deposited),
                Amount.of(redeemed),
                redeemed,
                Optional.empty());
        var base = unknown();
        return new Channel(
                base.id(),
                view,
                Keys.ownKeyOf(SALES.customer.address()),
                base.newest(),
                base.machine(),
                new Waiting(waits == 0 ? 0 : 1, Amount.of(waits), 0, waits == 0 ? Waiting.Reason.NONE : why),
                deposited % 2 == 1,
                base.recent(),
                base.redemption());
    }
}
