package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.u64;
import static io.crema.ingest.decode.Fields.verdict;
import static io.crema.ingest.decode.Fields.word;

import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.contracts.value.Address;
import io.crema.events.BackupAgreementChanged;
import io.crema.events.Bytes32;
import io.crema.events.Origin;
import io.crema.events.ServiceAccepted;
import io.crema.events.ServiceAgreed;
import io.crema.events.ServiceAgreementEnded;
import io.crema.events.ServiceAssigned;
import io.crema.events.ServiceAttested;
import io.crema.events.ServiceCancelled;
import io.crema.events.ServiceDeclined;
import io.crema.events.ServiceDisputed;
import io.crema.events.ServiceEscalated;
import io.crema.events.ServicePaid;
import io.crema.events.ServiceRefunded;
import io.crema.events.ServiceReported;
import io.crema.events.ServiceRequested;
import io.crema.events.ServiceRuled;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** MaintenanceProvider's events of agreements and requests; the key is the one or the other. Stateless. */
final class ServiceLogs {
    private ServiceLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, MaintenanceProvider.SERVICEREQUESTED_EVENT, ServiceLogs::serviceRequested);
        into.put(contract, MaintenanceProvider.SERVICEAGREED_EVENT, ServiceLogs::serviceAgreed);
        into.put(contract, MaintenanceProvider.SERVICEAGREEMENTENDED_EVENT, ServiceLogs::serviceAgreementEnded);
        into.put(contract, MaintenanceProvider.BACKUPAGREEMENTCHANGED_EVENT, ServiceLogs::backupAgreementChanged);
        into.put(contract, MaintenanceProvider.SERVICEASSIGNED_EVENT, ServiceLogs::serviceAssigned);
        into.put(contract, MaintenanceProvider.SERVICEACCEPTED_EVENT, ServiceLogs::serviceAccepted);
        into.put(contract, MaintenanceProvider.SERVICEDECLINED_EVENT, ServiceLogs::serviceDeclined);
        into.put(contract, MaintenanceProvider.SERVICEREPORTED_EVENT, ServiceLogs::serviceReported);
        into.put(contract, MaintenanceProvider.SERVICEATTESTED_EVENT, ServiceLogs::serviceAttested);
        into.put(contract, MaintenanceProvider.SERVICEDISPUTED_EVENT, ServiceLogs::serviceDisputed);
        into.put(contract, MaintenanceProvider.SERVICERULED_EVENT, ServiceLogs::serviceRuled);
        into.put(contract, MaintenanceProvider.SERVICEPAID_EVENT, ServiceLogs::servicePaid);
        into.put(contract, MaintenanceProvider.SERVICEREFUNDED_EVENT, ServiceLogs::serviceRefunded);
        into.put(contract, MaintenanceProvider.SERVICEESCALATED_EVENT, ServiceLogs::serviceEscalated);
        into.put(contract, MaintenanceProvider.SERVICECANCELLED_EVENT, ServiceLogs::serviceCancelled);
    }

    private static LogRecord serviceRequested(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceRequestedEventFromLog(log);
        return record(
                new ServiceRequested(
                        bytes32(event.request),
                        origin,
                        bytes32(event.machine),
                        bytes32(event.fault),
                        bytes32(event.evidence),
                        bytes20(event.by)),
                origin);
    }

    private static LogRecord serviceAgreed(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceAgreedEventFromLog(log);
        var terms = event.terms;
        return record(
                new ServiceAgreed(
                        bytes32(event.agreement),
                        origin,
                        bytes20(event.manufacturer),
                        bytes20(event.provider),
                        bytes32(terms.machine),
                        amount(terms.fee),
                        amount(terms.bonusPerHour),
                        amount(terms.bonusCap),
                        amount(terms.penaltyPerHour),
                        amount(terms.penaltyCap),
                        terms.responseTime.longValueExact(),
                        terms.repairTime.longValueExact(),
                        terms.inspectionTime.longValueExact(),
                        amount(terms.disputeBond),
                        u64(terms.validUntil),
                        word(terms.nonce),
                        bytes32(terms.document)),
                origin);
    }

    private static LogRecord serviceAgreementEnded(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceAgreementEndedEventFromLog(log);
        return record(new ServiceAgreementEnded(bytes32(event.agreement), origin, bytes20(event.by)), origin);
    }

    private static LogRecord backupAgreementChanged(Log log, Origin origin) {
        var event = MaintenanceProvider.getBackupAgreementChangedEventFromLog(log);
        return record(new BackupAgreementChanged(bytes32(event.agreement), origin, bytes32(event.backup)), origin);
    }

    private static LogRecord serviceAssigned(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceAssignedEventFromLog(log);
        return record(
                new ServiceAssigned(
                        bytes32(event.request),
                        origin,
                        bytes32(event.agreement),
                        bytes20(event.provider),
                        amount(event.reserved),
                        seconds(event.respondBy),
                        seconds(event.repairBy)),
                origin);
    }

    private static LogRecord serviceAccepted(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceAcceptedEventFromLog(log);
        return record(
                new ServiceAccepted(bytes32(event.request), origin, bytes20(event.provider), amount(event.stake)),
                origin);
    }

    private static LogRecord serviceDeclined(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceDeclinedEventFromLog(log);
        return record(new ServiceDeclined(bytes32(event.request), origin, bytes20(event.provider)), origin);
    }

    private static LogRecord serviceReported(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceReportedEventFromLog(log);
        return record(
                new ServiceReported(
                        bytes32(event.request),
                        origin,
                        bytes20(event.provider),
                        bytes32(event.work),
                        seconds(event.inspectUntil)),
                origin);
    }

    private static LogRecord serviceAttested(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceAttestedEventFromLog(log);
        return record(
                new ServiceAttested(
                        bytes32(event.request),
                        origin,
                        verdict(event.verdict),
                        bytes20(event.by),
                        bytes32(event.evidence)),
                origin);
    }

    private static LogRecord serviceDisputed(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceDisputedEventFromLog(log);
        return record(
                new ServiceDisputed(
                        bytes32(event.request),
                        origin,
                        amount(event.bond),
                        seconds(event.rulingUntil),
                        bytes32(event.reason)),
                origin);
    }

    private static LogRecord serviceRuled(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceRuledEventFromLog(log);
        return record(
                new ServiceRuled(bytes32(event.request), origin, bytes20(event.oracle), verdict(event.verdict)),
                origin);
    }

    private static LogRecord servicePaid(Log log, Origin origin) {
        var event = MaintenanceProvider.getServicePaidEventFromLog(log);
        return record(
                new ServicePaid(
                        bytes32(event.request),
                        origin,
                        bytes20(event.provider),
                        amount(event.fee),
                        amount(event.bonus),
                        amount(event.penalty)),
                origin);
    }

    private static LogRecord serviceRefunded(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceRefundedEventFromLog(log);
        return record(
                new ServiceRefunded(bytes32(event.request), origin, amount(event.amount), amount(event.penalty)),
                origin);
    }

    private static LogRecord serviceEscalated(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceEscalatedEventFromLog(log);
        return record(
                new ServiceEscalated(
                        bytes32(event.request), origin, bytes32(event.from), bytes32(event.to), amount(event.penalty)),
                origin);
    }

    private static LogRecord serviceCancelled(Log log, Origin origin) {
        var event = MaintenanceProvider.getServiceCancelledEventFromLog(log);
        return record(new ServiceCancelled(bytes32(event.request), origin, amount(event.paid)), origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_AGREEMENTS, ((Bytes32) value.get(0)).bytes(), value, origin);
    }
}
