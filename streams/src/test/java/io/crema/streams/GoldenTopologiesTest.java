package io.crema.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.value.Amount;
import io.crema.streams.analytics.AnalyticsTopology;
import io.crema.streams.channels.BalancesSettings;
import io.crema.streams.channels.BalancesTopology;
import io.crema.streams.machines.MachinesTopology;
import io.crema.streams.redemption.RedemptionPolicy;
import io.crema.streams.telemetry.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** A name that shifts orphans a changelog: what is described here changes only on purpose, with a way to upgrade. */
class GoldenTopologiesTest {
    private static final Path FOLDER = Path.of("src/test/resources/topologies");

    @Test
    void shouldBuildTheBalancesTopologyAsRecorded() throws IOException {
        var policy = RedemptionPolicy.of(Amount.of(1), Duration.ofHours(1), 10);
        var settings = new BalancesSettings(4, Sales.PAYMENT, policy, 10, Duration.ofSeconds(1));
        check("balances", BalancesTopology.of(settings));
    }

    @Test
    void shouldBuildTheMachinesTopologyAsRecorded() throws IOException {
        check("machines", MachinesTopology.of(4, Sales.PAYMENT, FaultRule.BOILER_OVERHEATED));
    }

    @Test
    void shouldBuildTheAnalyticsTopologyAsRecorded() throws IOException {
        check("analytics", AnalyticsTopology.of(4));
    }

    private static void check(String name, Topology topology) throws IOException {
        var described = topology.describe().toString();
        var file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("crema.golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, described);
        }
        assertThat(described).isEqualTo(Files.readString(file)).doesNotContainPattern("KSTREAM-[A-Z]+-0\\d+");
    }
}
