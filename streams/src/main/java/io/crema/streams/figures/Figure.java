package io.crema.streams.figures;

/** One figure of a task, as it is kept and as it is shown. Amounts in the token's smallest unit. */
public enum Figure {
    CHANNELS(1, "channels", "", "channels that the chain has told of"),
    CHANNELS_FORKED(2, "channels_forked", "", "channels with two valid receipts of one sequence"),
    CHANNELS_AHEAD(
            3, "channels_ahead", "", "channels of which the chain has redeemed more than the log has receipts for"),
    REDEMPTIONS_OPEN(4, "redemptions_open", "", "intents without an outcome"),
    RECEIPTS_ACCEPTED(5, "receipts_accepted_total", "", "receipts accepted"),
    RECEIPTS_REPEATED(6, "receipts_repeated_total", "", "receipts that were accepted or set aside before"),
    SIGNATURES_CHECKED(7, "signatures_checked_total", "", "receipts whose own signature was checked"),
    RUN_FALLBACKS(8, "run_fallbacks_total", "", "runs whose newest receipt was refused, so that others were checked"),
    WAITING_UNKNOWN(9, "receipts_waiting", "reason=\"UNKNOWN_CHANNEL\"", "receipts set aside now"),
    WAITING_UNCOVERED(10, "receipts_waiting", "reason=\"UNCOVERED\"", "receipts set aside now"),
    WAITING_GAP(11, "receipts_waiting", "reason=\"GAP\"", "receipts set aside now"),
    AMOUNT_UNKNOWN(12, "waiting_amount", "reason=\"UNKNOWN_CHANNEL\"", "amount of the receipts set aside now"),
    AMOUNT_UNCOVERED(13, "waiting_amount", "reason=\"UNCOVERED\"", "amount of the receipts set aside now"),
    AMOUNT_GAP(14, "waiting_amount", "reason=\"GAP\"", "amount of the receipts set aside now"),
    ACCEPTED(15, "accepted_amount", "", "totals of the newest accepted receipts"),
    REDEEMED(16, "redeemed_amount", "", "redeemed on chain"),
    UNREDEEMED(17, "unredeemed_amount", "", "accepted, covered by a deposit, and not yet redeemed"),
    UNCOVERED(18, "uncovered_amount", "", "accepted, and no longer covered: the chain took a deposit back"),
    LOST(19, "lost_amount", "", "accepted or set aside of channels that were closed without redeeming it");

    private final byte id;
    private final String metric;
    private final String labels;
    private final String help;

    /** @param id in the store; never given to another */
    Figure(int id, String metric, String labels, String help) {
        this.id = (byte) id;
        this.metric = metric;
        this.labels = labels;
        this.help = help;
    }

    byte id() {
        return id;
    }

    /** The metric's name behind the service's prefix; counters end in _total. */
    public String metric() {
        return metric;
    }

    /** The metric's labels, or nothing. */
    public String labels() {
        return labels;
    }

    public String help() {
        return help;
    }
}
