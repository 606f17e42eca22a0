package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.events.ActingKeyChanged;
import io.crema.events.Bytes20;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.Origin;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RolesChanged;
import io.crema.events.SuspensionChanged;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** IdentityProvider's events, and the acting keys of PaymentProvider; the key is the account. Stateless. */
final class PartyLogs {
    /** The contract bounds no serial number, but a record must fit into its topic. The machine's id is of all of it. */
    private static final int MOST_SERIAL = 256;

    private PartyLogs() {}

    static LogRecord onboarded(Log log, Origin origin) {
        var event = IdentityProvider.getParticipantOnboardedEventFromLog(log);
        var account = bytes20(event.account);
        return record(account, new ParticipantOnboarded(account, origin, Roles.names(event.roles)), origin);
    }

    static LogRecord rolesChanged(Log log, Origin origin) {
        var event = IdentityProvider.getRolesChangedEventFromLog(log);
        var account = bytes20(event.account);
        return record(account, new RolesChanged(account, origin, Roles.names(event.roles)), origin);
    }

    static LogRecord suspended(Log log, Origin origin) {
        var account = bytes20(IdentityProvider.getParticipantSuspendedEventFromLog(log).account);
        return record(account, new SuspensionChanged(account, origin, true), origin);
    }

    static LogRecord reinstated(Log log, Origin origin) {
        var account = bytes20(IdentityProvider.getParticipantReinstatedEventFromLog(log).account);
        return record(account, new SuspensionChanged(account, origin, false), origin);
    }

    static LogRecord actingKeyChanged(Log log, Origin origin) {
        var event = PaymentProvider.getActingKeyChangedEventFromLog(log);
        var account = bytes20(event.customer);
        var value = new ActingKeyChanged(
                account, origin, event.epoch.longValueExact(), bytes20(event.signer), seconds(event.previousUntil));
        return record(account, value, origin);
    }

    static LogRecord machineRegistered(Log log, Origin origin) {
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

    static LogRecord machineKeyChanged(Log log, Origin origin) {
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

    private static LogRecord record(Bytes20 account, SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_PARTIES, account.bytes(), value, origin);
    }

    private static String shortened(String serial) {
        return serial.length() > MOST_SERIAL ? serial.substring(0, MOST_SERIAL) + "…" : serial;
    }
}
