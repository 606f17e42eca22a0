package io.crema.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds what is broken, within 500 seeds. */
final class PlantedFaultsTest {
    private static final int MOST_SEEDS = 500;

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("broadcast before durable", PlantedFaults::broadcastBeforeDurable),
                fault("journal without fsync", PlantedFaults::journalWithoutFsync),
                fault("uncommitted reads", PlantedFaults::uncommittedReads),
                fault("wrong partition", PlantedFaults::wrongPartition),
                fault("checkpoint ahead of events", PlantedFaults::checkpointAheadOfEvents),
                fault("nonce from the node's count", PlantedFaults::nonceFromTheNodesCount),
                fault("lost set-aside record at restore", PlantedFaults::lostSetAsideRecordAtRestore),
                fault("receipt accepted twice after rebalance", PlantedFaults::acceptedTwiceAfterRebalance),
                fault("redeemed total taken from an unfinal block", PlantedFaults::totalFromAnUnfinalBlock),
                fault("epoch judged as of now", PlantedFaults::epochJudgedAsOfNow),
                fault("intent id without attempt", PlantedFaults::intentWithoutAttempt),
                fault("zombie that writes", PlantedFaults::zombieThatWrites),
                fault("acknowledged before the log has it", PlantedFaults::acknowledgedBeforeTheLogHasIt),
                fault("reorg untold", PlantedFaults::reorgUntold),
                fault("positions before records", PlantedFaults::positionsBeforeRecords));
    }

    private static Arguments fault(String name, Supplier<Wiring> wiring) {
        return Arguments.of(name, wiring);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void shouldFind(String name, Supplier<Wiring> wiring) {
        var found = LongStream.rangeClosed(1, MOST_SEEDS)
                .mapToObj(seed -> Simulation.run(seed, Simulation.STEPS, wiring.get()))
                .filter(result -> result.failure().isPresent())
                .findFirst();
        assertThat(found).as(name).isPresent();
    }
}
