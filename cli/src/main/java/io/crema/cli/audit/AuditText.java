package io.crema.cli.audit;

import java.util.ArrayList;
import java.util.List;

/** An audit's summary for people: the first difference, or what was compared. Stateless. */
final class AuditText {
    private AuditText() {}

    static List<String> lines(AuditSummary summary) {
        List<String> lines = new ArrayList<>();
        if (!summary.differences().isEmpty()) {
            var first = summary.differences().getFirst();
            lines.add("Log and chain do not agree. The first difference breaks invariant %d:"
                    .formatted(first.invariant()));
            lines.add("  where:  " + (first.subject().isEmpty() ? "the whole deployment" : first.subject()));
            lines.add("  log:    " + first.log());
            lines.add("  but:    " + first.expected());
            if (!first.record().isEmpty()) {
                lines.add("  record: " + first.record());
            }
            if (summary.differences().size() > 1) {
                lines.add("%d more; --json lists them."
                        .formatted(summary.differences().size() - 1));
            }
            return lines;
        }
        lines.add("Log and chain agree at block %d, %s.".formatted(summary.block(), summary.hash()));
        summary.invariants().forEach(invariant -> lines.add("  %d  %s".formatted(invariant.id(), invariant.detail())));
        summary.quarantined().forEach((reason, count) -> lines.add("  in quarantine: %d %s".formatted(count, reason)));
        summary.ahead().forEach(channel -> lines.add("  the chain is ahead of the log: channel " + channel));
        summary.pending().forEach((what, count) -> lines.add("  under way: %d %s".formatted(count, what)));
        return lines;
    }
}
