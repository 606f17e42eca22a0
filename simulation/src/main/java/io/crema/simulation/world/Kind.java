package io.crema.simulation.world;

/** What can happen in a step, how often, and how a story tells it. */
public enum Kind {
    PRESS(24, false, "%e takes a cup at %m"),
    REPEAT(3, false, "the last press at %m is repeated by %e"),
    TICK(3, false, "%m looks after unfinished cups"),
    PUBLISH(12, false, "%m sends what it has"),
    DELIVER(14, false, "the log gets a run of %m"),
    LEARN(6, false, "%m hears what the chain says"),
    WATCH(14, false, "the watcher reads the chain"),
    SETTLE(22, false, "settlement does a step"),
    FOLD(44, false, "%t reads and commits"),
    MINE(18, false, "a block is mined"),
    TOP_UP(5, false, "the customer of %m tops up"),
    CLOSE_REQUEST(1, false, "the customer of %m asks to close its channel"),
    CLOSE(1, false, "the manufacturer closes the channel of %m"),
    EPOCH(1, false, "the customer of %m raises its epoch and gives new badges"),
    TORN_TAP(5, true, "%e's phone leaves %m in the middle of a tap"),
    POUR_FAILS(2, true, "the next cup of %m will fail"),
    MACHINE_CRASH(4, true, "%m loses its power soon"),
    PARCEL_LOST(2, true, "a run of %m is lost on its way"),
    PARCEL_UNHEARD(3, true, "a run of %m arrives, its acknowledgement does not"),
    PARCEL_LATE(3, true, "a run of %m that was given up arrives after all"),
    WATCHER_CRASH(3, true, "the watcher ends soon"),
    WATCHER_SPLIT(1, true, "a second watcher starts, the first goes on"),
    WATCHER_PAUSE(2, true, "the watcher will stand still in a step, while another one works"),
    WATCHER_ZOMBIE(3, true, "the first watcher does a step"),
    SETTLEMENT_CRASH(4, true, "settlement ends soon"),
    SETTLEMENT_SPLIT(1, true, "a second settlement starts, the first goes on"),
    SETTLEMENT_PAUSE(3, true, "settlement will stand still in a step, while another one works"),
    SETTLEMENT_ZOMBIE(4, true, "the first settlement does a step"),
    TASK_CRASH(5, true, "%t ends soon"),
    TASK_SPLIT(2, true, "%t is given to another instance, the first goes on"),
    TASK_PAUSE(3, true, "%t will stand still in a step, while another instance works"),
    TASK_ZOMBIE(5, true, "the first instance of %t does a step"),
    REORG(3, true, "the newest blocks are replaced"),
    EVICTION(1, true, "the pool forgets what was signed"),
    FEES(2, true, "the base fee changes"),
    POOR(1, true, "the sending account's ether changes"),
    NODE_CUT(2, true, "the lines to the node change"),
    BROKER_CUT(2, true, "the lines to the broker change"),
    ANSWER_LOST(3, true, "an answer will be lost"),
    CLOCK(2, true, "the wall clock of %m jumps"),
    DISK(1, true, "the disk of %m gets full, or has room again"),
    STRANGER(3, true, "a stranger brings the newest receipt of %m to the chain"),
    POISON(1, true, "somebody writes bytes that are no receipts");

    private final int weight;
    private final boolean fault;
    private final String sentence;

    Kind(int weight, boolean fault, String sentence) {
        this.weight = weight;
        this.fault = fault;
        this.sentence = sentence;
    }

    int weight() {
        return weight;
    }

    /** Whether it is something that should not happen, as against work and what people do. */
    public boolean isFault() {
        return fault;
    }

    String sentence() {
        return sentence;
    }
}
