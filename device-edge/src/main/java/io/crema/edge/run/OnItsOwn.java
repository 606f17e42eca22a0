package io.crema.edge.run;

import io.crema.edge.chain.DirectPolicy;
import io.crema.edge.chain.DirectReport;
import io.crema.edge.chain.DirectSettlement;
import io.crema.edge.chain.NewestReceipt;
import io.crema.edge.node.NodeClock;
import io.crema.edge.runner.MachineHost;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeems the machine's newest receipt on chain, in a thread of its own, once nothing has reached the log for long enough.
 * Silence counts from the start of the process at most: a restart makes it wait again. Thread-safe.
 */
final class OnItsOwn implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OnItsOwn.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final DirectSettlement settlement;
    private final MachineHost host;
    private final WatchedLog out;
    private final NodeClock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile DirectReport report = new DirectReport(DirectReport.State.NOT_NEEDED, "The platform is in reach.");

    /** @param settlement is closed with this */
    OnItsOwn(DirectSettlement settlement, MachineHost host, WatchedLog out, NodeClock clock) {
        this.settlement = settlement;
        this.host = host;
        this.out = out;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("on-its-own").start(this::run);
    }

    static DirectPolicy policy(Duration silence) {
        var usual = DirectPolicy.USUAL;
        return new DirectPolicy(
                silence, usual.every(), usual.least(), usual.mostWeiPerGas(), usual.confirmations(), usual.bumpAfter());
    }

    DirectReport report() {
        return report;
    }

    private void run() {
        try {
            while (!stopped.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settlement.close();
        }
    }

    private Duration pause() {
        return report.state() == DirectReport.State.SENDING ? SOON : LATER;
    }

    private void step() {
        try {
            var silence = clock.sinceStart().minus(out.arrivedSinceStart());
            var newest = host.newestUnlessBusy().map(it -> NewestReceipt.of(host.provisioning(), it));
            var now = settlement.step(host.now(), silence, newest, host.faultUnlessBusy());
            if (!now.equals(report) && now.state() != DirectReport.State.NOT_NEEDED) {
                log.info("on chain by itself state={}: {}", now.state(), now.sentence());
            }
            report = now;
        } catch (RuntimeException e) {
            log.error("acting on chain failed, will try again", e);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
