package io.crema.projections.fold;

import io.crema.events.FaultCleared;
import io.crema.events.FaultRaised;
import io.crema.events.Outcome;
import io.crema.events.Quarantined;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.events.ServiceRequestOpened;
import io.crema.events.TransactionIntent;
import io.crema.events.TransactionStep;
import io.crema.projections.fold.Tables.Rows;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Folds of event topics off the chain. */
final class Events {
    private static final String SOURCE = ", src_partition, src_offset";

    private Events() {}

    static Fold services() {
        return new Rows<>(
                Topic.SERVICE_REQUESTS,
                ServiceRequestOpened.class,
                Upsert.of(
                        "service_request",
                        "request",
                        "machine, fault, rule, description, evidence, opened_at" + SOURCE),
                (row, source) -> new @Nullable Object[] {
                    row.getRequest(),
                    row.getMachine(),
                    row.getFault(),
                    row.getRule(),
                    row.getDescription(),
                    row.getEvidence(),
                    row.getOpenedAt(),
                    source.partition(),
                    source.offset()
                });
    }

    static Fold outcomes() {
        return new Rows<>(
                Topic.OUTCOMES,
                Outcome.class,
                Upsert.of(
                        "outcome",
                        "intent",
                        "subject, effect, attempt, kind, total, transaction_hash, reason, ended_at" + SOURCE),
                (row, source) -> new @Nullable Object[] {
                    row.getIntent(),
                    row.getSubject(),
                    row.getEffect(),
                    row.getAttempt(),
                    row.getKind(),
                    row.getTotal(),
                    row.getTransactionHash(),
                    row.getReason(),
                    row.getTime(),
                    source.partition(),
                    source.offset()
                });
    }

    static Fold quarantine() {
        return new Rows<>(
                Topic.QUARANTINE,
                Quarantined.class,
                Upsert.of(
                        "quarantined",
                        "src_partition, src_offset",
                        "topic, partition, record_offset, value_hash, value_bytes, reason, detail, sequence, refused_by, refused_at"),
                (row, source) -> {
                    var value = row.getValue();
                    return new @Nullable Object[] {
                        source.partition(),
                        source.offset(),
                        row.getTopic(),
                        row.getPartition(),
                        row.getOffset(),
                        row.getValueHash(),
                        value == null ? null : value.remaining(),
                        row.getReason(),
                        row.getDetail(),
                        row.getSequence(),
                        row.getRefusedBy(),
                        row.getTime()
                    };
                });
    }

    static Fold transactions() {
        var sql = """
                INSERT INTO transaction_version AS t (account, nonce, version, stage, hash, recipient, intents, subjects, kind,
                    max_fee_per_gas, gas_limit, block_number, gas_used, effective_gas_price, succeeded, reason, first_at,
                    updated_at, src_partition, src_offset)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (account, nonce, version) DO UPDATE SET stage = excluded.stage, hash = excluded.hash,
                    intents = excluded.intents, subjects = excluded.subjects,
                    block_number = coalesce(excluded.block_number, t.block_number),
                    gas_used = coalesce(excluded.gas_used, t.gas_used),
                    effective_gas_price = coalesce(excluded.effective_gas_price, t.effective_gas_price),
                    succeeded = coalesce(excluded.succeeded, t.succeeded), reason = excluded.reason,
                    updated_at = excluded.updated_at, src_partition = excluded.src_partition, src_offset = excluded.src_offset
                """;
        return new Rows<>(Topic.TRANSACTIONS, TransactionStep.class, sql, Events::transaction);
    }

    private static @Nullable Object[] transaction(TransactionStep row, Sourced source) {
        return new @Nullable Object[] {
            row.getAccount(),
            row.getNonce(),
            row.getVersion(),
            row.getStage(),
            row.getTransactionHash(),
            row.getTo(),
            Cells.ids(row.getIntents(), TransactionIntent::getIntent),
            Cells.ids(row.getIntents(), TransactionIntent::getSubject),
            row.getKind(),
            row.getMaxFeePerGas(),
            row.getGasLimit(),
            row.getBlockNumber(),
            row.getGasUsed(),
            row.getEffectiveGasPrice(),
            row.getSucceeded(),
            row.getReason(),
            row.getTime(),
            row.getTime(),
            source.partition(),
            source.offset()
        };
    }

    static Fold faults() {
        return new Faults();
    }

    static Fold intents() {
        return new Intents();
    }

    private static final class Faults implements Fold {
        private static final String RAISE = Upsert.of(
                "fault",
                "fault",
                "machine, rule, description, quantity, unit, value, evidence, since, raised_at" + SOURCE);
        private static final String CLEAR = Upsert.of("fault", "fault", "machine, rule, cleared_at" + SOURCE);

        @Override
        public Topic topic() {
            return Topic.MACHINE_EVENTS;
        }

        @Override
        public void fold(Sourced source, Batch batch) throws SQLException {
            switch (source.record()) {
                case FaultRaised e ->
                    batch.add(
                            RAISE,
                            e.getFault(),
                            e.getMachine(),
                            e.getRule(),
                            e.getDescription(),
                            e.getReading().getQuantity(),
                            e.getReading().getUnit(),
                            e.getReading().getValue(),
                            e.getEvidence(),
                            e.getSince(),
                            source.loggedAt(),
                            source.partition(),
                            source.offset());
                case FaultCleared e ->
                    batch.add(
                            CLEAR,
                            e.getFault(),
                            e.getMachine(),
                            e.getRule(),
                            source.loggedAt(),
                            source.partition(),
                            source.offset());
                default -> throw ChainLog.unexpected(source);
            }
        }
    }

    private static final class Intents implements Fold {
        private static final String INSERT = Upsert.of(
                "intent",
                "intent",
                "kind, subject, effect, attempt, machine, sequence, total, gain, customer, payee, reason, urgent, decided_at, deadline"
                        + SOURCE);

        @Override
        public Topic topic() {
            return Topic.INTENTS;
        }

        @Override
        public void fold(Sourced source, Batch batch) throws SQLException {
            switch (source.record()) {
                case RedeemChannel e ->
                    batch.add(
                            INSERT,
                            e.getIntent(),
                            "REDEEM",
                            e.getChannel(),
                            e.getEffect(),
                            e.getAttempt(),
                            null,
                            e.getReceipt().getSequence(),
                            e.getReceipt().getTotal(),
                            e.getGain(),
                            e.getCustomer(),
                            e.getPayee(),
                            e.getReason(),
                            e.getUrgent(),
                            e.getDecidedAt(),
                            e.getDeadline(),
                            source.partition(),
                            source.offset());
                case RequestService e ->
                    batch.add(
                            INSERT,
                            e.getIntent(),
                            "SERVICE",
                            e.getRequest(),
                            e.getEffect(),
                            e.getAttempt(),
                            e.getMachine(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            "FAULT",
                            e.getUrgent(),
                            e.getDecidedAt(),
                            e.getDeadline(),
                            source.partition(),
                            source.offset());
                default -> throw ChainLog.unexpected(source);
            }
        }
    }
}
