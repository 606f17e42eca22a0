package io.crema.settlement;

import io.crema.chain.node.NodeHealth;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest status as figures. Thread-safe. */
final class SettlementMetrics implements SettlementMetricsMXBean {
    private static final Logger log = LoggerFactory.getLogger(SettlementMetrics.class);
    private static final String NAME = "io.crema:type=Settlement";
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private final Supplier<SettlementStatus> status;

    SettlementMetrics(Supplier<SettlementStatus> status) {
        this.status = status;
    }

    /** Shows itself in JMX in place of an older one. */
    void register() {
        try {
            var name = new ObjectName(NAME);
            var server = ManagementFactory.getPlatformMBeanServer();
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(this, name);
        } catch (JMException e) {
            log.warn("settlement's metrics are not in JMX: {}", e.toString());
        }
    }

    @Override
    public int getUp() {
        return status.get().state() == SettlementStatus.State.RUNNING ? 1 : 0;
    }

    @Override
    public String getState() {
        return status.get().state().name();
    }

    @Override
    public int getWaitingIntents() {
        return status.get().waiting();
    }

    @Override
    public Map<String, Integer> getWaitingIntentsByReason() {
        Map<String, Integer> counts = new TreeMap<>();
        status.get().waitsFor().forEach((reason, count) -> counts.put(reason.name(), count));
        return counts;
    }

    @Override
    public int getOpenTransactions() {
        return status.get().open();
    }

    @Override
    public int getAlarms() {
        return status.get().alarms().size();
    }

    @Override
    public long getLowestBalanceGwei() {
        return status.get().accounts().stream()
                .flatMap(account -> account.balance().stream())
                .min(BigInteger::compareTo)
                .map(wei ->
                        wei.divide(GWEI).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact())
                .orElse(-1L);
    }

    @Override
    public int getUsableNodes() {
        return (int) status.get().nodes().stream().filter(NodeHealth::isUsable).count();
    }
}
