package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.contracts.value.Address;
import io.crema.events.ActingKeyChanged;
import io.crema.events.Bytes20;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.MachineRetired;
import io.crema.events.MoveAdopted;
import io.crema.events.Origin;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RolesChanged;
import io.crema.events.StandingAgreementChanged;
import io.crema.events.SuspensionChanged;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/**
 * IdentityProvider's participants and machines, the acting keys of PaymentProvider, and the standing agreements of
 * MaintenanceProvider; the key is the account. Stateless.
 */
final class PartyLogs {
    /** The contract bounds no serial number, but a record must fit into its topic. The machine's id is of all of it. */
    private static final int MOST_SERIAL = 256;

    private PartyLogs() {}

    /** @param identity the IdentityProvider */
    static void register(Address identity, ContractLogs.Readers into) {
        into.put(identity, IdentityProvider.PARTICIPANTONBOARDED_EVENT, PartyLogs::onboarded);
        into.put(identity, IdentityProvider.ROLESCHANGED_EVENT, PartyLogs::rolesChanged);
        into.put(identity, IdentityProvider.PARTICIPANTSUSPENDED_EVENT, PartyLogs::suspended);
        into.put(identity, IdentityProvider.PARTICIPANTREINSTATED_EVENT, PartyLogs::reinstated);
        into.put(identity, IdentityProvider.MACHINEREGISTERED_EVENT, PartyLogs::machineRegistered);
        into.put(identity, IdentityProvider.MACHINEKEYCHANGED_EVENT, PartyLogs::machineKeyChanged);
        into.put(identity, IdentityProvider.MACHINERETIRED_EVENT, PartyLogs::machineRetired);
    }

    /** @param payment the PaymentProvider */
    static void registerKeys(Address payment, ContractLogs.Readers into) {
        into.put(payment, PaymentProvider.ACTINGKEYCHANGED_EVENT, PartyLogs::actingKeyChanged);
        into.put(payment, PaymentProvider.MOVEADOPTED_EVENT, PartyLogs::moveAdopted);
    }

    /** @param maintenance the MaintenanceProvider */
    static void registerChoices(Address maintenance, ContractLogs.Readers into) {
        into.put(maintenance, MaintenanceProvider.STANDINGAGREEMENTCHANGED_EVENT, PartyLogs::standingAgreementChanged);
    }

    private static LogRecord onboarded(Log log, Origin origin) {
        var event = IdentityProvider.getParticipantOnboardedEventFromLog(log);
        var account = bytes20(event.account);
        var value = new ParticipantOnboarded(account, origin, Roles.names(event.roles), bytes32(event.metadata));
        return record(account, value, origin);
    }

    private static LogRecord rolesChanged(Log log, Origin origin) {
        var event = IdentityProvider.getRolesChangedEventFromLog(log);
        var account = bytes20(event.account);
        return record(account, new RolesChanged(account, origin, Roles.names(event.roles)), origin);
    }

    private static LogRecord suspended(Log log, Origin origin) {
        var account = bytes20(IdentityProvider.getParticipantSuspendedEventFromLog(log).account);
        return record(account, new SuspensionChanged(account, origin, true), origin);
    }

    private static LogRecord reinstated(Log log, Origin origin) {
        var account = bytes20(IdentityProvider.getParticipantReinstatedEventFromLog(log).account);
        return record(account, new SuspensionChanged(account, origin, false), origin);
    }

    private static LogRecord actingKeyChanged(Log log, Origin origin) {
        var event = PaymentProvider.getActingKeyChangedEventFromLog(log);
        var account = bytes20(event.customer);
        var value = new ActingKeyChanged(
                account, origin, event.epoch.longValueExact(), bytes20(event.signer), seconds(event.previousUntil));
        return record(account, value, origin);
    }

    private static LogRecord machineRegistered(Log log, Origin origin) {
        var event = IdentityProvider.getMachineRegisteredEventFromLog(log);
        var value = MachineKeyRegistered.newBuilder()
                .setAccount(bytes20(event.manufacturer))
                .setOrigin(origin)
                .setMachine(bytes32(event.machine))
                .setMachineKey(bytes20(event.key))
                .setSerialNumber(shortened(event.serial))
                .build();
        return record(value.getAccount(), value, origin);
    }

    private static LogRecord machineKeyChanged(Log log, Origin origin) {
        var event = IdentityProvider.getMachineKeyChangedEventFromLog(log);
        var value = MachineKeyRegistered.newBuilder()
                .setAccount(bytes20(event.manufacturer))
                .setOrigin(origin)
                .setMachine(bytes32(event.machine))
                .setMachineKey(bytes20(event.key))
                .setPreviousKey(bytes20(event.previous))
                .setPreviousUntil(seconds(event.previousUntil))
                .build();
        return record(value.getAccount(), value, origin);
    }

    private static LogRecord machineRetired(Log log, Origin origin) {
        var event = IdentityProvider.getMachineRetiredEventFromLog(log);
        var account = bytes20(event.manufacturer);
        return record(account, new MachineRetired(account, origin, bytes32(event.machine)), origin);
    }

    private static LogRecord moveAdopted(Log log, Origin origin) {
        var event = PaymentProvider.getMoveAdoptedEventFromLog(log);
        var account = bytes20(event.account);
        var value = new MoveAdopted(account, origin, bytes20(event.key), event.generation.longValueExact());
        return record(account, value, origin);
    }

    private static LogRecord standingAgreementChanged(Log log, Origin origin) {
        var event = MaintenanceProvider.getStandingAgreementChangedEventFromLog(log);
        var account = bytes20(event.manufacturer);
        var value = new StandingAgreementChanged(account, origin, bytes32(event.machine), bytes32(event.agreement));
        return record(account, value, origin);
    }

    private static LogRecord record(Bytes20 account, SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_PARTIES, account.bytes(), value, origin);
    }

    private static String shortened(String serial) {
        return serial.length() > MOST_SERIAL ? serial.substring(0, MOST_SERIAL) + "…" : serial;
    }
}
