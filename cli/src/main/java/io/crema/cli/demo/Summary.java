package io.crema.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** The report in plain sentences. */
final class Summary {
    private Summary() {}

    static void print(DemoReport report, PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d cups poured, the first after %.1f s; %.1f s in all, at most %,d MiB of memory over all processes.%n",
                report.cups(),
                report.firstCupSeconds(),
                report.wallSeconds(),
                report.peakMemoryMiB());
        out.printf(
                Locale.ROOT,
                "A tap took %.1f ms (p99 %.1f ms); a cup was in the read models after %.0f ms (p99 %.0f ms).%n",
                report.latencyMs().tap().p50(),
                report.latencyMs().tap().p99(),
                report.latencyMs().readModel().p50(),
                report.latencyMs().readModel().p99());
        out.printf(
                Locale.ROOT,
                "%,d receipts accepted for %s; %s redeemed in %,d transactions (%,d gas); the manufacturer may withdraw %s.%n",
                report.receipts().accepted(),
                Money.text(report.amounts().accepted()),
                Money.text(report.amounts().redeemed()),
                report.transactions().count(),
                report.transactions().gas(),
                Money.text(report.amounts().credited()));
        if (report.trace().rows() > 0) {
            out.printf(
                    Locale.ROOT,
                    "The trace's %,d rows: %,d by card, %,d in cash, %,d refused.%n",
                    report.trace().rows(),
                    report.trace().card(),
                    report.trace().cash(),
                    report.trace().refused().size());
            report.trace().refused().forEach(row -> out.printf("  line %d: %s%n", row.line(), row.reason()));
        }
        report.kills()
                .forEach(kill -> out.printf(
                        "%s (process %d) was killed at cup %,d and started again.%n",
                        kill.service(), kill.pid(), kill.atCup()));
        for (var invariant : report.invariants()) {
            out.printf(
                    "  %s  invariant %d: %s%n",
                    invariant.holds() ? "holds " : "BROKEN", invariant.id(), invariant.detail());
        }
    }
}
