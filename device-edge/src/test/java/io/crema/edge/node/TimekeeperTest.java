package io.crema.edge.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TimekeeperTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000L);

    /** A true time, and a wall clock that is off by anything. */
    private static final class World implements NodeClock {
        Instant truth = START;
        Duration wallOff = Duration.ZERO;
        Instant started = START;
        boolean battery;

        @Override
        public Instant instant() {
            return truth.plus(wallOff);
        }

        @Override
        public Duration sinceStart() {
            return Duration.between(started, truth);
        }

        @Override
        public boolean survivesPowerLoss() {
            return battery;
        }
    }

    enum Kind {
        PASS,
        JUMP,
        BLOCK,
        RESTART
    }

    /** @param seconds how long it takes, how far the clock jumps, how old the block is, how long the power is off */
    record Event(Kind kind, long seconds) {}

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.longs().between(0, 400_000))
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 1000)
    void shouldNeitherStretchNorEndTheHorizonByAWrongWallClock(@ForAll("events") List<Event> events) {
        var world = new World();
        Optional<Instant> lastBlock = Optional.empty();
        var oldest = Duration.ZERO;
        var heard = false;
        var keeper = new Timekeeper(world, lastBlock);
        for (var event : events) {
            var span = Duration.ofSeconds(event.seconds());
            switch (event.kind()) {
                case PASS -> world.truth = world.truth.plus(span);
                case JUMP -> {
                    var before = keeper.sinceBlock();
                    world.wallOff = event.seconds() % 2 == 0
                            ? Duration.between(world.truth, Instant.EPOCH.plus(span))
                            : span.multipliedBy(1000);
                    assertThat(keeper.sinceBlock()).isEqualTo(before);
                }
                case BLOCK -> {
                    var age = Duration.ofSeconds(event.seconds() % 900);
                    var block = world.truth.minus(age);
                    if (lastBlock.filter(block::isAfter).isPresent() || lastBlock.isEmpty()) {
                        keeper.heard(block);
                        lastBlock = Optional.of(block);
                        oldest = oldest.compareTo(age) < 0 ? age : oldest;
                        heard = true;
                        assertThat(keeper.sinceBlock().orElseThrow())
                                .as("a fresh block opens the horizon, whatever the wall clock says")
                                .isLessThanOrEqualTo(Duration.ofSeconds(900));
                    }
                }
                case RESTART -> {
                    world.truth = world.truth.plus(span);
                    world.started = world.truth;
                    keeper = new Timekeeper(world, lastBlock);
                    heard = false;
                }
            }
            assertThat(keeper.sinceBlock().isPresent())
                    .as("without a battery clock, time is known only after a block")
                    .isEqualTo(heard);
            assertThat(keeper.atLeast()).isBeforeOrEqualTo(world.truth);
            if (heard) {
                var real = Duration.between(lastBlock.orElseThrow(), world.truth);
                assertThat(keeper.sinceBlock().orElseThrow())
                        .isLessThanOrEqualTo(real)
                        .isGreaterThanOrEqualTo(real.minus(oldest));
            }
        }
    }

    @Test
    void shouldGoByABatteryClockOverARestart() {
        var world = new World();
        world.battery = true;
        world.truth = START.plus(Duration.ofDays(1));
        world.started = world.truth;
        var keeper = new Timekeeper(world, Optional.of(START));
        assertThat(keeper.sinceBlock()).contains(Duration.ofDays(1));
        world.wallOff = Duration.ofDays(-900);
        assertThat(keeper.sinceBlock()).contains(Duration.ofDays(1));
        assertThat(keeper.now()).isEqualTo(world.truth);
    }

    @Test
    void shouldNotBelieveABatteryClockThatIsBehindTheBlocksAndRecoverFromOneAhead() {
        var world = new World();
        world.battery = true;
        world.wallOff = Duration.ofDays(-20_000);
        assertThat(new Timekeeper(world, Optional.of(START)).sinceBlock()).isEmpty();

        world.wallOff = Duration.ofDays(4000);
        var ahead = new Timekeeper(world, Optional.of(START));
        assertThat(ahead.sinceBlock()).contains(Duration.ofDays(4000));
        ahead.heard(START.plusSeconds(10));
        assertThat(ahead.sinceBlock()).contains(Duration.ZERO);
        assertThat(ahead.wallIsWrong()).isTrue();
        assertThat(ahead.now()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void shouldTellTheTimeByTheWallClockWhileTheBlocksDoNotContradictIt() {
        var world = new World();
        var keeper = new Timekeeper(world, Optional.empty());
        assertThat(keeper.now()).isEqualTo(world.truth);
        keeper.heard(world.truth.minusSeconds(180));
        assertThat(keeper.now()).isEqualTo(world.truth);
        world.wallOff = Duration.ofHours(2);
        assertThat(keeper.now()).isEqualTo(world.truth.minusSeconds(180));
    }
}
