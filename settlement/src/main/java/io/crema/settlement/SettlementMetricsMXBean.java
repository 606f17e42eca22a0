package io.crema.settlement;

import java.util.Map;

/** What monitoring reads of settlement, as {@code io.crema:type=Settlement} in JMX. */
public interface SettlementMetricsMXBean {

    /** 1 while it works, 0 otherwise. */
    int getUp();

    String getState();

    /** Intents that are in no transaction yet. */
    int getWaitingIntents();

    /** The same by what they wait for, such as CHEAPER_GAS. */
    Map<String, Integer> getWaitingIntentsByReason();

    /** Transactions that are not final. */
    int getOpenTransactions();

    /** How many things somebody has to see to. */
    int getAlarms();

    /** Of the account that holds least, in gwei; -1 before the first look. */
    long getLowestBalanceGwei();

    /** Nodes that can serve. */
    int getUsableNodes();
}
