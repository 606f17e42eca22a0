package io.crema.cli.audit;

/**
 * A place where log and chain, or the log with itself, do not agree.
 *
 * @param invariant which of docs/protocol.md is broken
 * @param subject channel, request or account in hexadecimal; empty where all are concerned
 * @param log what the log says
 * @param expected what the chain says, or what follows from other records
 * @param record the record that says it; empty where none is to blame alone
 */
public record Difference(int invariant, String subject, String log, String expected, String record) {
    /** In one sentence. */
    public String sentence() {
        return "%sthe log says %s; %s%s"
                .formatted(
                        subject.isEmpty() ? "" : subject + ": ",
                        log,
                        expected,
                        record.isEmpty() ? "" : " (record: " + record + ")");
    }
}
