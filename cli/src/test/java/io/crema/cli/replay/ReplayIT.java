package io.crema.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.cli.Crema;
import io.crema.cli.audit.SmallSystem;
import io.crema.events.ChannelBalance;
import io.crema.events.RedeemRequested;
import io.crema.schemas.convert.Convert;
import io.crema.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log folded anew, and what it says of redemptions, on a system of real parts. */
final class ReplayIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFoldTheSameBalancesAndExplainThem() throws Exception {
        try (var system = new SmallSystem(folder, 2, 1_000)) {
            var spender = system.customer(0);
            var waiter = system.customer(1);
            system.send(Topic.EDGE_RECEIPTS, spender.key(), spender.sell(6, 100));
            system.send(Topic.EDGE_RECEIPTS, waiter.key(), waiter.sell(12, 100));
            system.awaitBalance(spender, row -> row.getReceipts() == 6);
            system.awaitBalance(waiter, row -> row.getReceipts() == 10 && row.getWaitingReceipts() == 2);
            var environment = system.environmentFile().toString();

            var unredeemed = crema("redemptions", "explain", spender.channel().toString(), "--env-file", environment);
            assertThat(unredeemed)
                    .contains("600 is unredeemed", "will be redeemed at", "THRESHOLD", "49999400 is missing");
            assertThat(crema("redemptions", "--env-file", environment))
                    .contains("channels have money that is not redeemed", spender.channel() + "  600 unredeemed");

            system.send(
                    Topic.CHANNEL_COMMANDS,
                    spender.key(),
                    new RedeemRequested(Convert.bytes32(spender.channel()), "a test", Instant.now()));
            system.awaitBalance(spender, row -> row.getRedeemed().intValue() == 600);
            assertThat(crema("redemptions", "explain", spender.channel().toString(), "--env-file", environment))
                    .contains("Nothing is unredeemed", "newest outcome is DONE for a total of 600");

            assertThat(crema("replay", "--env-file", environment)).startsWith("identical, 2 channels, ");

            system.stopServices();
            var row = system.newest(Topic.BALANCES, waiter.key(), ChannelBalance.class, r -> true)
                    .orElseThrow();
            system.send(
                    Topic.BALANCES,
                    waiter.key(),
                    ChannelBalance.newBuilder(row)
                            .setAccepted(BigDecimal.valueOf(900))
                            .build());
            assertThat(crema("replay", "--env-file", environment))
                    .contains(
                            "channel " + waiter.channel() + " differs:",
                            "accepted is 900 in the table, 1000 by the replay",
                            "1 of 2 channels differ");
        }
    }

    private static String crema(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        Crema.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return out + err.toString();
    }
}
