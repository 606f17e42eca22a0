package io.crema.edge.run;

import io.crema.edge.body.BodyConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run}: one machine until it is told to stop. */
final class RunCommand {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    private RunCommand() {}

    /** Returns never: the process ends by a signal. */
    static int run(Path dataDir, Map<String, String> environment) {
        var config = MachineConfig.read(dataDir);
        DataDirLock.take(dataDir);
        var machine = new MachineRun(config, environment);
        HealthPage page;
        try {
            page = new HealthPage(machine, config.healthPort());
        } catch (RuntimeException e) {
            machine.close();
            throw e;
        }
        var stop = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    log.info("stopping machine={}", config.serial());
                    page.close();
                    machine.close();
                    stop.countDown();
                }));
        machine.start();
        page.start();
        if (config.body().adapter() instanceof BodyConfig.Pins pins && pins.simulated()) {
            log.warn("the body is simulated: receipts are real, and nothing is poured");
        }
        log.info(
                "ready machine={} version={} health=http://127.0.0.1:{} millis={}",
                config.serial(),
                Version.text(),
                page.port(),
                System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime());
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
