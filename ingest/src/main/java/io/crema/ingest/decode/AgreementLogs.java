package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.u64;

import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.events.Origin;
import io.crema.events.RentalConcluded;
import io.crema.events.ServiceRequested;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.web3j.protocol.core.methods.response.Log;

/** RentalProvider's and MaintenanceProvider's events; the key is the rental or the request. Stateless. */
final class AgreementLogs {
    private AgreementLogs() {}

    static LogRecord rentalConcluded(Log log, Origin origin) {
        var event = RentalProvider.getRentalConcludedEventFromLog(log);
        var value = new RentalConcluded(
                bytes32(event.rental),
                origin,
                bytes32(event.machine),
                bytes32(event.channel),
                bytes20(event.manufacturer),
                bytes20(event.customer),
                u64(event.index),
                amount(event.deposit));
        return LogRecord.of(Topic.CHAIN_AGREEMENTS, event.rental, value, origin);
    }

    static LogRecord serviceRequested(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceRequestedEventFromLog(log);
        var value = new ServiceRequested(
                bytes32(event.request),
                origin,
                bytes32(event.machine),
                bytes32(event.fault),
                bytes32(event.evidence),
                bytes20(event.by));
        return LogRecord.of(Topic.CHAIN_AGREEMENTS, event.request, value, origin);
    }
}
