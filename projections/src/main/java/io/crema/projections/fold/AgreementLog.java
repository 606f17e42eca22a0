package io.crema.projections.fold;

import io.crema.events.LogReversed;
import io.crema.events.RentalConcluded;
import io.crema.events.ServiceRequested;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rentals and service requests on chain. */
final class AgreementLog implements Fold {
    private static final String INSERT = Upsert.of(
            "agreement_log",
            ChainLog.KEY,
            ChainLog.ORIGIN
                    + ", agreement, kind, machine, channel, manufacturer, customer, channel_index, deposited, fault, evidence, requested_by, reversed, src_partition, src_offset");

    @Override
    public Topic topic() {
        return Topic.CHAIN_AGREEMENTS;
    }

    @Override
    public void fold(Sourced source, Batch batch) throws SQLException {
        switch (source.record()) {
            case RentalConcluded e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getRental(), "RENTAL", e.getMachine()},
                                new @Nullable Object[] {
                                    e.getChannel(),
                                    e.getManufacturer(),
                                    e.getCustomer(),
                                    e.getIndex(),
                                    e.getDeposited(),
                                    null,
                                    null,
                                    null
                                }));
            case ServiceRequested e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getRequest(), "SERVICE_REQUESTED", e.getMachine()},
                                new @Nullable Object[] {
                                    null, null, null, null, null, e.getFault(), e.getEvidence(), e.getRequestedBy()
                                }));
            case LogReversed e -> ChainLog.reverse("agreement_log", e, source, batch);
            default -> ChainLog.requireKnown(topic(), source);
        }
    }
}
