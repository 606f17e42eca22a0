package io.crema.projections.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is stuck or refused, why, and what to do: each in plain words. */
public final class Problems {
    private static final Duration PENDING_LONG = Duration.ofMinutes(1);
    private static final Duration UNDECIDED_LONG = Duration.ofMinutes(10);
    private static final Duration UNASKED_LONG = Duration.ofMinutes(1);

    private final Directory names;

    public Problems(Directory names) {
        this.names = names;
    }

    /** Errors first, then by id. */
    public List<Row> list(Connection connection, Instant now) throws SQLException {
        var found = new ArrayList<Row>();
        channels(connection, found);
        refused(connection, found);
        intents(connection, now, found);
        transactions(connection, now, found);
        machines(connection, now, found);
        chain(connection, now, found);
        found.sort(Comparator.comparing((Row p) -> p.text("severity")).thenComparing(p -> p.text("id")));
        return found;
    }

    /** All of it in one sentence. */
    public static String summary(List<Row> problems) {
        var errors =
                problems.stream().filter(p -> "error".equals(p.get("severity"))).count();
        if (problems.isEmpty()) {
            return "Nothing is stuck or refused.";
        }
        return errors == 0
                ? Sentences.count(problems.size(), "warning") + ", no error."
                : Sentences.count(errors, "error") + " and " + Sentences.count(problems.size() - errors, "warning")
                        + ".";
    }

    private void channels(Connection connection, List<Row> found) throws SQLException {
        var rows = Sql.rows(connection, """
                SELECT channel, customer, served_by AS machine, status, waiting, waiting_receipts, waiting_reason,
                    deposited - accepted AS credit, ahead, forked, close_at, updated_at, accepted - redeemed AS outstanding
                FROM channel_known WHERE waiting_receipts > 0 OR ahead OR forked OR (status = 'CLOSING' AND accepted > redeemed)
                """);
        for (var row : rows) {
            var channel = row.text("channel");
            var label = "channel %s of %s"
                    .formatted(Directory.shortened(channel), names.called(row.textOrNull("customer")));
            if (row.number("waiting_receipts") > 0) {
                waiting(row, label, found);
            }
            if (row.flag("ahead")) {
                found.add(problem(
                        "ahead-" + channel,
                        "channelAhead",
                        "error",
                        "channel",
                        channel,
                        label,
                        "The chain has redeemed more on %s than the log has receipts for.".formatted(label),
                        "Connect machine %s: its journal holds the missing receipts."
                                .formatted(names.label(row.textOrNull("machine"))),
                        row.textOrNull("updated_at")));
            }
            if (row.flag("forked")) {
                found.add(problem(
                        "forked-" + channel,
                        "channelForked",
                        "error",
                        "channel",
                        channel,
                        label,
                        "Two committed receipts with the same sequence were seen on %s.".formatted(label),
                        "Compare them under quarantine: a phone or a machine has signed or kept two versions of one sale.",
                        row.textOrNull("updated_at")));
            }
            if (row.text("status").equals("CLOSING")) {
                found.add(problem(
                        "closing-" + channel,
                        "channelClosing",
                        "warning",
                        "channel",
                        channel,
                        label,
                        "A close of %s was requested for %s; %s are not redeemed yet."
                                .formatted(label, row.textOrNull("close_at"), names.money(row.amount("outstanding"))),
                        "Nothing, if a redemption is on its way; else see that settlement runs.",
                        row.textOrNull("updated_at")));
            }
        }
    }

    private void waiting(Row row, String label, List<Row> found) {
        var money = names.money(row.amount("waiting"));
        var receipts = Sentences.count(row.number("waiting_receipts"), "receipt");
        var text = "%s (%s) on %s wait: ".formatted(receipts, money, label);
        var channel = row.text("channel");
        switch (row.text("waiting_reason")) {
            case "UNKNOWN_CHANNEL" ->
                found.add(problem(
                        "waiting-" + channel,
                        "receiptsWaiting",
                        "warning",
                        "channel",
                        channel,
                        label,
                        text + "the chain has not told of this channel.",
                        "See that the chain watcher runs and that the rental was concluded on this chain; they are then accepted by themselves.",
                        row.textOrNull("updated_at")));
            case "UNCOVERED" ->
                found.add(problem(
                        "waiting-" + channel,
                        "receiptsWaiting",
                        "warning",
                        "channel",
                        channel,
                        label,
                        text + "the channel has only %s left.".formatted(names.money(row.amount("credit"))),
                        "%s tops up the channel; they are then accepted by themselves."
                                .formatted(names.called(row.textOrNull("customer"))),
                        row.textOrNull("updated_at")));
            default ->
                found.add(problem(
                        "waiting-" + channel,
                        "receiptsWaiting",
                        "warning",
                        "channel",
                        channel,
                        label,
                        text
                                + "a receipt before them has not arrived (%s)."
                                        .formatted(row.text("waiting_reason").toLowerCase(Locale.ROOT)),
                        "Connect machine %s: it sends the missing one from its journal."
                                .formatted(names.label(row.textOrNull("machine"))),
                        row.textOrNull("updated_at")));
        }
    }

    private static void refused(Connection connection, List<Row> found) throws SQLException {
        var groups = Sql.rows(connection, """
                SELECT reason, refused_by, topic, count(*) AS records, max(refused_at) AS newest,
                    (array_agg(detail ORDER BY refused_at DESC))[1] AS detail
                FROM quarantined GROUP BY reason, refused_by, topic
                """);
        for (var row : groups) {
            var id = "quarantined-%s-%s-%s".formatted(row.text("refused_by"), row.text("topic"), row.text("reason"));
            found.add(problem(
                    id,
                    "quarantined",
                    "error",
                    "record",
                    row.text("topic"),
                    row.text("topic"),
                    "%s of %s refused by %s as %s; the newest: %s"
                            .formatted(
                                    Sentences.count(row.number("records"), "record"),
                                    row.text("topic"),
                                    row.text("refused_by"),
                                    row.text("reason"),
                                    row.text("detail")),
                    "Look at them under quarantine; their bytes are kept, nothing else is held up.",
                    row.textOrNull("newest")));
        }
        for (var row : Sql.rows(
                connection,
                "SELECT topic, count(*) AS records, max(logged_at) AS newest, (array_agg(reason ORDER BY logged_at DESC))[1] AS reason FROM unreadable GROUP BY topic")) {
            found.add(problem(
                    "unreadable-" + row.text("topic"),
                    "unreadable",
                    "error",
                    "record",
                    row.text("topic"),
                    row.text("topic"),
                    "%s of %s cannot be shown; the newest: %s"
                            .formatted(
                                    Sentences.count(row.number("records"), "record"),
                                    row.text("topic"),
                                    row.text("reason")),
                    "Find out which program wrote them; the log keeps them, and a rebuild by a mended version reads them again.",
                    row.textOrNull("newest")));
        }
    }

    private void intents(Connection connection, Instant now, List<Row> found) throws SQLException {
        var failed = Sql.rows(connection, """
                SELECT i.intent, i.kind, i.subject, i.machine, i.gain, i.customer, x.kind AS outcome, x.reason, x.ended_at
                FROM (SELECT DISTINCT ON (effect) * FROM outcome ORDER BY effect, attempt DESC) x
                JOIN intent i ON i.intent = x.intent
                WHERE x.kind IN ('FAILED', 'SKIPPED')
                    AND NOT EXISTS (SELECT 1 FROM intent n WHERE n.effect = i.effect AND n.attempt > i.attempt)
                """);
        for (var row : failed) {
            var what = what(row);
            found.add(problem(
                    "failed-" + row.text("intent"),
                    "intentFailed",
                    "error",
                    "intent",
                    row.text("intent"),
                    what,
                    "%s did not happen: %s."
                            .formatted(
                                    capital(what),
                                    row.text("reason").isEmpty()
                                            ? row.text("outcome").toLowerCase(Locale.ROOT)
                                            : row.text("reason")),
                    "It is tried again when the reason is gone; see the transaction and the sending account's funds.",
                    row.textOrNull("ended_at")));
        }
        var open = Sql.rows(connection, """
                SELECT i.intent, i.kind, i.subject, i.machine, i.gain, i.customer, i.decided_at, i.deadline
                FROM intent i LEFT JOIN outcome x ON x.intent = i.intent
                WHERE x.intent IS NULL AND (i.decided_at < ? OR i.deadline < ?)
                    AND NOT EXISTS (SELECT 1 FROM transaction_version t WHERE t.intents @> ARRAY[i.intent])
                """, now.minus(UNDECIDED_LONG), now);
        for (var row : open) {
            var what = what(row);
            found.add(problem(
                    "waits-" + row.text("intent"),
                    "intentWaits",
                    "warning",
                    "intent",
                    row.text("intent"),
                    what,
                    "%s was decided %s and is in no transaction yet."
                            .formatted(
                                    capital(what), Sentences.ago(Objects.requireNonNull(row.time("decided_at")), now)),
                    "See that settlement runs and that its account has funds; it may also be waiting for cheaper gas.",
                    row.textOrNull("decided_at")));
        }
    }

    private String what(Row intent) {
        return intent.text("kind").equals("REDEEM")
                ? "the redemption of %s from %s"
                        .formatted(names.money(intent.amount("gain")), names.called(intent.textOrNull("customer")))
                : "the service request for machine " + names.label(intent.textOrNull("machine"));
    }

    private static void transactions(Connection connection, Instant now, List<Row> found) throws SQLException {
        var rows = Sql.rows(
                connection,
                "SELECT account, nonce, hash, stage, reason, pending, nonce_first_at, updated_at FROM transaction_now WHERE (pending AND nonce_first_at < ?) OR stage = 'FAILED'",
                now.minus(PENDING_LONG));
        for (var row : rows) {
            var label =
                    "transaction %s (nonce %d)".formatted(Directory.shortened(row.text("hash")), row.number("nonce"));
            var id = row.text("account") + "-" + row.text("nonce");
            if (row.flag("pending")) {
                found.add(problem(
                        "pending-" + id,
                        "transactionPending",
                        "warning",
                        "transaction",
                        row.text("hash"),
                        label,
                        "%s is %s since %s."
                                .formatted(
                                        capital(label),
                                        row.text("stage").toLowerCase(Locale.ROOT),
                                        Sentences.span(Duration.between(
                                                Objects.requireNonNull(row.time("nonce_first_at")), now))),
                        "See that the chain's node answers and that the chain watcher runs; settlement raises the fee by itself.",
                        row.textOrNull("nonce_first_at")));
            } else {
                found.add(problem(
                        "reverted-" + id,
                        "transactionFailed",
                        "warning",
                        "transaction",
                        row.text("hash"),
                        label,
                        "%s failed: %s."
                                .formatted(
                                        capital(label),
                                        row.text("reason").isEmpty() ? "the contract refused it" : row.text("reason")),
                        "What it was for is listed as failed or was tried again; nothing was paid twice.",
                        row.textOrNull("updated_at")));
            }
        }
    }

    private void machines(Connection connection, Instant now, List<Row> found) throws SQLException {
        var faults = Sql.rows(connection, """
                SELECT f.fault, f.machine, f.description, f.raised_at, s.request FROM fault f
                LEFT JOIN service_request s ON s.fault = f.fault WHERE f.cleared_at IS NULL AND f.raised_at IS NOT NULL
                """);
        for (var row : faults) {
            var label = names.label(row.text("machine"));
            var raised = Objects.requireNonNull(row.time("raised_at"));
            var asked = row.get("request") != null;
            var late = !asked && raised.isBefore(now.minus(UNASKED_LONG));
            found.add(problem(
                    "fault-" + row.text("fault"),
                    "faultOpen",
                    late ? "error" : "warning",
                    "machine",
                    row.text("machine"),
                    label,
                    "Machine %s has a fault: %s%s"
                            .formatted(
                                    label,
                                    row.text("description"),
                                    asked ? " Service was asked for." : late ? " No service was asked for." : ""),
                    asked ? "Nothing: wait for the service provider." : "See that the service path of streams runs.",
                    row.textOrNull("raised_at")));
        }
        var silent = Sql.rows(connection, """
                SELECT k.machine, greatest(w.last_seen, t.last_logged_at) AS seen FROM machine_known k
                LEFT JOIN machine_twin w ON w.machine = k.machine LEFT JOIN machine_total t ON t.machine = k.machine
                WHERE greatest(w.last_seen, t.last_logged_at) < ?
                """, now.minus(Machines.HEARD));
        for (var row : silent) {
            var label = names.label(row.text("machine"));
            found.add(problem(
                    "silent-" + row.text("machine"),
                    "machineSilent",
                    "warning",
                    "machine",
                    row.text("machine"),
                    label,
                    "Machine %s was last heard from %s."
                            .formatted(label, Sentences.ago(Objects.requireNonNull(row.time("seen")), now)),
                    "Check its power and network; what it sells offline arrives when it is back.",
                    row.textOrNull("seen")));
        }
    }

    private static void chain(Connection connection, Instant now, List<Row> found) throws SQLException {
        var mined = Sql.first(connection, """
                SELECT count(*) AS waiting, min(t.updated_at) AS since, max(t.block_number) AS block,
                    (SELECT coalesce(max(block_number), 0) FROM checkpoint) AS checkpoint
                FROM transaction_now t WHERE t.stage IN ('MINED', 'CONFIRMED') AND t.updated_at < ?
                    AND t.block_number > (SELECT coalesce(max(block_number), 0) FROM checkpoint)
                """, now.minus(PENDING_LONG));
        if (mined.isPresent() && mined.get().number("waiting") > 0) {
            var row = mined.get();
            found.add(problem(
                    "chain-behind",
                    "chainBehind",
                    "error",
                    "system",
                    "chain",
                    "chain watcher",
                    "The log knows the chain up to block %s, but transactions are in blocks up to %s for more than a minute."
                            .formatted(row.text("checkpoint"), row.text("block")),
                    "See that the chain watcher (ingest) runs and reaches its node.",
                    row.textOrNull("since")));
        }
    }

    private static Row problem(
            String id,
            String kind,
            String severity,
            String type,
            String subject,
            String label,
            String sentence,
            String remedy,
            @Nullable String since) {
        return Row.with(
                "id",
                id,
                "kind",
                kind,
                "severity",
                severity,
                "subject",
                Row.with("type", type, "id", subject, "label", label),
                "sentence",
                sentence,
                "remedy",
                remedy,
                "since",
                since);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
