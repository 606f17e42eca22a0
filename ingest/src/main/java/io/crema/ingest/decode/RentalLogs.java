package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.u64;
import static io.crema.ingest.decode.Fields.verdict;

import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.value.Address;
import io.crema.events.BondReleased;
import io.crema.events.BondReserved;
import io.crema.events.Bytes32;
import io.crema.events.DowntimeClaimed;
import io.crema.events.DowntimeCredited;
import io.crema.events.DowntimeDisputed;
import io.crema.events.DowntimeRejected;
import io.crema.events.DowntimeRuled;
import io.crema.events.MachineHandedOver;
import io.crema.events.MachineReturned;
import io.crema.events.Origin;
import io.crema.events.RenewalProposed;
import io.crema.events.RentalBegun;
import io.crema.events.RentalConcluded;
import io.crema.events.RentalRenewed;
import io.crema.events.RentalTerminated;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** RentalProvider's events of rentals; the key is the rental. Stateless. */
final class RentalLogs {
    private RentalLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, RentalProvider.RENTALCONCLUDED_EVENT, RentalLogs::rentalConcluded);
        into.put(contract, RentalProvider.RENTALBEGUN_EVENT, RentalLogs::rentalBegun);
        into.put(contract, RentalProvider.RENTALTERMINATED_EVENT, RentalLogs::rentalTerminated);
        into.put(contract, RentalProvider.RENEWALPROPOSED_EVENT, RentalLogs::renewalProposed);
        into.put(contract, RentalProvider.RENTALRENEWED_EVENT, RentalLogs::rentalRenewed);
        into.put(contract, RentalProvider.MACHINEHANDEDOVER_EVENT, RentalLogs::machineHandedOver);
        into.put(contract, RentalProvider.MACHINERETURNED_EVENT, RentalLogs::machineReturned);
        into.put(contract, RentalProvider.BONDRESERVED_EVENT, RentalLogs::bondReserved);
        into.put(contract, RentalProvider.BONDRELEASED_EVENT, RentalLogs::bondReleased);
        into.put(contract, RentalProvider.DOWNTIMECLAIMED_EVENT, RentalLogs::downtimeClaimed);
        into.put(contract, RentalProvider.DOWNTIMECREDITED_EVENT, RentalLogs::downtimeCredited);
        into.put(contract, RentalProvider.DOWNTIMEDISPUTED_EVENT, RentalLogs::downtimeDisputed);
        into.put(contract, RentalProvider.DOWNTIMERULED_EVENT, RentalLogs::downtimeRuled);
        into.put(contract, RentalProvider.DOWNTIMEREJECTED_EVENT, RentalLogs::downtimeRejected);
    }

    private static LogRecord rentalConcluded(Log log, Origin origin) {
        var event = RentalProvider.getRentalConcludedEventFromLog(log);
        return record(
                new RentalConcluded(
                        bytes32(event.rental),
                        origin,
                        bytes32(event.machine),
                        bytes32(event.channel),
                        bytes20(event.manufacturer),
                        bytes20(event.customer),
                        u64(event.index),
                        amount(event.deposit)),
                origin);
    }

    private static LogRecord rentalBegun(Log log, Origin origin) {
        var event = RentalProvider.getRentalBegunEventFromLog(log);
        return record(
                new RentalBegun(bytes32(event.rental), origin, seconds(event.startedAt), bytes32(event.order)), origin);
    }

    private static LogRecord rentalTerminated(Log log, Origin origin) {
        var event = RentalProvider.getRentalTerminatedEventFromLog(log);
        return record(
                new RentalTerminated(bytes32(event.rental), origin, bytes20(event.by), seconds(event.endsAt)), origin);
    }

    private static LogRecord renewalProposed(Log log, Origin origin) {
        var event = RentalProvider.getRenewalProposedEventFromLog(log);
        return record(
                new RenewalProposed(bytes32(event.rental), origin, bytes20(event.by), seconds(event.minimumUntil)),
                origin);
    }

    private static LogRecord rentalRenewed(Log log, Origin origin) {
        var event = RentalProvider.getRentalRenewedEventFromLog(log);
        return record(new RentalRenewed(bytes32(event.rental), origin, seconds(event.minimumUntil)), origin);
    }

    private static LogRecord machineHandedOver(Log log, Origin origin) {
        var event = RentalProvider.getMachineHandedOverEventFromLog(log);
        return record(new MachineHandedOver(bytes32(event.rental), origin, seconds(event.handedOverAt)), origin);
    }

    private static LogRecord machineReturned(Log log, Origin origin) {
        var event = RentalProvider.getMachineReturnedEventFromLog(log);
        return record(new MachineReturned(bytes32(event.rental), origin, event.confirmed), origin);
    }

    private static LogRecord bondReserved(Log log, Origin origin) {
        var event = RentalProvider.getBondReservedEventFromLog(log);
        return record(new BondReserved(bytes32(event.rental), origin, amount(event.amount)), origin);
    }

    private static LogRecord bondReleased(Log log, Origin origin) {
        var event = RentalProvider.getBondReleasedEventFromLog(log);
        return record(new BondReleased(bytes32(event.rental), origin, amount(event.amount)), origin);
    }

    private static LogRecord downtimeClaimed(Log log, Origin origin) {
        var event = RentalProvider.getDowntimeClaimedEventFromLog(log);
        return record(
                new DowntimeClaimed(
                        bytes32(event.rental),
                        origin,
                        bytes32(event.claim),
                        seconds(event.from),
                        seconds(event.until),
                        amount(event.amount),
                        seconds(event.payableAt),
                        bytes32(event.evidence)),
                origin);
    }

    private static LogRecord downtimeCredited(Log log, Origin origin) {
        var event = RentalProvider.getDowntimeCreditedEventFromLog(log);
        return record(
                new DowntimeCredited(bytes32(event.rental), origin, bytes32(event.claim), amount(event.amount)),
                origin);
    }

    private static LogRecord downtimeDisputed(Log log, Origin origin) {
        var event = RentalProvider.getDowntimeDisputedEventFromLog(log);
        return record(
                new DowntimeDisputed(
                        bytes32(event.rental),
                        origin,
                        bytes32(event.claim),
                        amount(event.bond),
                        seconds(event.rulingUntil)),
                origin);
    }

    private static LogRecord downtimeRuled(Log log, Origin origin) {
        var event = RentalProvider.getDowntimeRuledEventFromLog(log);
        return record(
                new DowntimeRuled(
                        bytes32(event.rental),
                        origin,
                        bytes32(event.claim),
                        bytes20(event.oracle),
                        verdict(event.verdict)),
                origin);
    }

    private static LogRecord downtimeRejected(Log log, Origin origin) {
        var event = RentalProvider.getDowntimeRejectedEventFromLog(log);
        return record(
                new DowntimeRejected(bytes32(event.rental), origin, bytes32(event.claim), amount(event.amount)),
                origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_AGREEMENTS, ((Bytes32) value.get(0)).bytes(), value, origin);
    }
}
