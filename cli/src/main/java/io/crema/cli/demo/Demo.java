package io.crema.cli.demo;

import io.crema.cli.fleet.Provisioner;
import io.crema.cli.onboarding.OnboardingException;
import io.crema.cli.trace.Trace;
import io.crema.cli.trace.TraceException;
import io.crema.cli.trace.TraceReader;
import io.crema.platform.PlatformException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Runs one demo and says how it went. */
final class Demo {
    private static final int INTERRUPTED = 130;

    private Demo() {}

    /** @return the exit code: 0 when every invariant holds and every row of a trace is accounted for */
    static int run(DemoOptions options, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        var console = System.console();
        var narrator =
                new Narrator(options.json() ? err : out, console != null && console.isTerminal(), StartTime.nanos());
        Optional<Trace> trace;
        try {
            trace = options.trace().map(file -> new TraceReader(Provisioner.DECIMALS).read(file));
        } catch (TraceException e) {
            return failed(err, e);
        }
        var run = new DemoRun(options, trace, narrator);
        var hook = new Thread(
                () -> {
                    run.close();
                    narrator.quiet();
                },
                "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var report = run.run();
            run.close();
            narrator.quiet();
            Runtime.getRuntime().removeShutdownHook(hook);
            if (options.json()) {
                out.println(report.toJson());
            } else {
                Summary.print(report, out);
            }
            out.flush();
            return report.holds() ? 0 : 1;
        } catch (RuntimeException e) {
            var interrupted = run.isClosed();
            run.close();
            narrator.quiet();
            if (interrupted) {
                return INTERRUPTED;
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            if (e instanceof DemoException || e instanceof PlatformException || e instanceof OnboardingException) {
                return failed(err, e);
            }
            throw e;
        }
    }

    private static int failed(PrintWriter err, RuntimeException e) {
        err.println("crema: " + e.getMessage());
        err.flush();
        return 1;
    }
}
