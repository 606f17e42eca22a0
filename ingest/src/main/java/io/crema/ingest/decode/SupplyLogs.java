package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.u64;
import static io.crema.ingest.decode.Fields.verdict;
import static io.crema.ingest.decode.Fields.word;

import io.crema.chain.wrappers.SupplyProvider;
import io.crema.contracts.value.Address;
import io.crema.events.Bytes32;
import io.crema.events.OrderingMachineChanged;
import io.crema.events.Origin;
import io.crema.events.RecipientNamed;
import io.crema.events.SupplyAgreed;
import io.crema.events.SupplyAgreementEnded;
import io.crema.events.SupplyArrived;
import io.crema.events.SupplyAttested;
import io.crema.events.SupplyCancelled;
import io.crema.events.SupplyDelivered;
import io.crema.events.SupplyDisputed;
import io.crema.events.SupplyOrdered;
import io.crema.events.SupplyRefunded;
import io.crema.events.SupplyRuled;
import io.crema.events.SupplyShipped;
import io.crema.events.SupplyVouched;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** SupplyProvider's events of agreements, orders and shipments; the key is the first of them that the event names. Stateless. */
final class SupplyLogs {
    private SupplyLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, SupplyProvider.SUPPLYAGREED_EVENT, SupplyLogs::supplyAgreed);
        into.put(contract, SupplyProvider.SUPPLYAGREEMENTENDED_EVENT, SupplyLogs::supplyAgreementEnded);
        into.put(contract, SupplyProvider.ORDERINGMACHINECHANGED_EVENT, SupplyLogs::orderingMachineChanged);
        into.put(contract, SupplyProvider.SUPPLYORDERED_EVENT, SupplyLogs::supplyOrdered);
        into.put(contract, SupplyProvider.RECIPIENTNAMED_EVENT, SupplyLogs::recipientNamed);
        into.put(contract, SupplyProvider.SUPPLYATTESTED_EVENT, SupplyLogs::supplyAttested);
        into.put(contract, SupplyProvider.SUPPLYSHIPPED_EVENT, SupplyLogs::supplyShipped);
        into.put(contract, SupplyProvider.SUPPLYARRIVED_EVENT, SupplyLogs::supplyArrived);
        into.put(contract, SupplyProvider.SUPPLYVOUCHED_EVENT, SupplyLogs::supplyVouched);
        into.put(contract, SupplyProvider.SUPPLYDELIVERED_EVENT, SupplyLogs::supplyDelivered);
        into.put(contract, SupplyProvider.SUPPLYDISPUTED_EVENT, SupplyLogs::supplyDisputed);
        into.put(contract, SupplyProvider.SUPPLYRULED_EVENT, SupplyLogs::supplyRuled);
        into.put(contract, SupplyProvider.SUPPLYREFUNDED_EVENT, SupplyLogs::supplyRefunded);
        into.put(contract, SupplyProvider.SUPPLYCANCELLED_EVENT, SupplyLogs::supplyCancelled);
    }

    private static LogRecord supplyAgreed(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyAgreedEventFromLog(log);
        var terms = event.terms;
        return record(
                new SupplyAgreed(
                        bytes32(event.agreement),
                        origin,
                        bytes20(event.buyer),
                        bytes20(event.supplier),
                        bytes32(terms.goods),
                        amount(terms.unitPrice),
                        terms.maxQuantity.longValueExact(),
                        terms.deliveryTime.longValueExact(),
                        amount(terms.penaltyPerDay),
                        amount(terms.penaltyCap),
                        terms.inspectionTime.longValueExact(),
                        amount(terms.disputeBond),
                        u64(terms.validUntil),
                        word(terms.nonce),
                        bytes32(terms.document)),
                origin);
    }

    private static LogRecord supplyAgreementEnded(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyAgreementEndedEventFromLog(log);
        return record(new SupplyAgreementEnded(bytes32(event.agreement), origin, bytes20(event.by)), origin);
    }

    private static LogRecord orderingMachineChanged(Log log, Origin origin) {
        var event = SupplyProvider.getOrderingMachineChangedEventFromLog(log);
        return record(
                new OrderingMachineChanged(bytes32(event.agreement), origin, bytes32(event.machine), event.allowed),
                origin);
    }

    private static LogRecord supplyOrdered(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyOrderedEventFromLog(log);
        return record(
                new SupplyOrdered(
                        bytes32(event.order),
                        origin,
                        bytes32(event.agreement),
                        bytes32(event.machine),
                        bytes32(event.subject),
                        event.quantity.longValueExact(),
                        amount(event.reserved),
                        seconds(event.deliverBy)),
                origin);
    }

    private static LogRecord recipientNamed(Log log, Origin origin) {
        var event = SupplyProvider.getRecipientNamedEventFromLog(log);
        return record(new RecipientNamed(bytes32(event.order), origin, bytes20(event.recipient)), origin);
    }

    private static LogRecord supplyAttested(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyAttestedEventFromLog(log);
        return record(
                new SupplyAttested(
                        bytes32(event.subject),
                        origin,
                        verdict(event.verdict),
                        bytes20(event.by),
                        bytes32(event.evidence)),
                origin);
    }

    private static LogRecord supplyShipped(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyShippedEventFromLog(log);
        return record(
                new SupplyShipped(
                        bytes32(event.order),
                        origin,
                        bytes32(event.shipment),
                        event.quantity.longValueExact(),
                        bytes32(event.tracking)),
                origin);
    }

    private static LogRecord supplyArrived(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyArrivedEventFromLog(log);
        return record(
                new SupplyArrived(bytes32(event.shipment), origin, bytes20(event.oracle), bytes32(event.evidence)),
                origin);
    }

    private static LogRecord supplyVouched(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyVouchedEventFromLog(log);
        return record(
                new SupplyVouched(
                        bytes32(event.order), origin, bytes32(event.shipment), event.quantity.longValueExact()),
                origin);
    }

    private static LogRecord supplyDelivered(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyDeliveredEventFromLog(log);
        return record(
                new SupplyDelivered(
                        bytes32(event.order),
                        origin,
                        bytes32(event.shipment),
                        event.quantity.longValueExact(),
                        amount(event.paid),
                        amount(event.penalty)),
                origin);
    }

    private static LogRecord supplyDisputed(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyDisputedEventFromLog(log);
        return record(
                new SupplyDisputed(
                        bytes32(event.shipment),
                        origin,
                        event.quantity.longValueExact(),
                        amount(event.bond),
                        seconds(event.rulingUntil),
                        bytes32(event.reason)),
                origin);
    }

    private static LogRecord supplyRuled(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyRuledEventFromLog(log);
        return record(
                new SupplyRuled(bytes32(event.shipment), origin, bytes20(event.oracle), verdict(event.verdict)),
                origin);
    }

    private static LogRecord supplyRefunded(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyRefundedEventFromLog(log);
        return record(
                new SupplyRefunded(bytes32(event.order), origin, bytes32(event.shipment), amount(event.amount)),
                origin);
    }

    private static LogRecord supplyCancelled(Log log, Origin origin) {
        var event = SupplyProvider.getSupplyCancelledEventFromLog(log);
        return record(
                new SupplyCancelled(
                        bytes32(event.order), origin, event.quantity.longValueExact(), amount(event.released)),
                origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_AGREEMENTS, ((Bytes32) value.get(0)).bytes(), value, origin);
    }
}
