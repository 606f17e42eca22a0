package io.crema.cli.edge;

import io.crema.chain.node.Web3Chain;
import io.crema.cli.party.AccountOptions;
import io.crema.cli.party.NodeOptions;
import io.crema.edge.chain.DirectReport;
import io.crema.edge.chain.NewestReceipt;
import io.crema.edge.chain.ReceiptSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crema edge submit}: redeems a machine's newest receipt from a file. Exit code 0 when nothing is left to redeem. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description =
                "Brings a machine's newest receipt, as its QR code or its health page gives it, to the chain. Anyone"
                        + " may: the sender pays the gas, the payee is credited, and doing it twice pays once.")
public final class SubmitCommand implements Callable<Integer> {
    private static final Duration PACE = Duration.ofMillis(500);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The receipt as JSON.")
    private Path file = Path.of("receipt.json");

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Option(names = "--wait", defaultValue = "300", description = "Seconds to wait for the transaction (default 300).")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        var receipt = receipt();
        var key = account.key();
        try (var chain = new Web3Chain(node.url());
                var submission = new ReceiptSubmission(receipt, key, chain)) {
            var deadline = Instant.now().plusSeconds(seconds);
            var report = submission.step(Instant.now());
            while (report.state() == DirectReport.State.SENDING && Instant.now().isBefore(deadline)) {
                TimeUnit.MILLISECONDS.sleep(PACE.toMillis());
                report = submission.step(Instant.now());
            }
            return tell(report, receipt);
        }
    }

    private int tell(DirectReport report, NewestReceipt receipt) {
        if (report.state() == DirectReport.State.DONE) {
            var out = command().commandLine().getOut();
            out.printf(
                    "Channel %s: what is deposited of total %s is redeemed for %s.%n",
                    receipt.channel(), receipt.receipt().content().total(), receipt.payee());
            out.flush();
            return 0;
        }
        command().commandLine().getErr().println("crema: " + report.sentence());
        return 1;
    }

    private NewestReceipt receipt() {
        try {
            return NewestReceipt.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new ParameterException(command().commandLine(), "Cannot read " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
