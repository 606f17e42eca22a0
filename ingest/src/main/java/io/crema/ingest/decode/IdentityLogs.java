package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.u64;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.contracts.value.Address;
import io.crema.events.Bytes20;
import io.crema.events.DidOwnerChanged;
import io.crema.events.GuardianChanged;
import io.crema.events.IdentityMoved;
import io.crema.events.MetadataChanged;
import io.crema.events.MoveObjected;
import io.crema.events.MoveStarted;
import io.crema.events.Origin;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** IdentityProvider's moves of identities to other keys; the key is the account. Stateless. */
final class IdentityLogs {
    private IdentityLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, IdentityProvider.METADATACHANGED_EVENT, IdentityLogs::metadataChanged);
        into.put(contract, IdentityProvider.GUARDIANCHANGED_EVENT, IdentityLogs::guardianChanged);
        into.put(contract, IdentityProvider.MOVESTARTED_EVENT, IdentityLogs::moveStarted);
        into.put(contract, IdentityProvider.MOVEOBJECTED_EVENT, IdentityLogs::moveObjected);
        into.put(contract, IdentityProvider.IDENTITYMOVED_EVENT, IdentityLogs::identityMoved);
        into.put(contract, IdentityProvider.DIDOWNERCHANGED_EVENT, IdentityLogs::didOwnerChanged);
    }

    private static LogRecord metadataChanged(Log log, Origin origin) {
        var event = IdentityProvider.getMetadataChangedEventFromLog(log);
        return record(new MetadataChanged(bytes20(event.account), origin, bytes32(event.metadata)), origin);
    }

    private static LogRecord guardianChanged(Log log, Origin origin) {
        var event = IdentityProvider.getGuardianChangedEventFromLog(log);
        return record(
                new GuardianChanged(
                        bytes20(event.account), origin, bytes20(event.guardian), seconds(event.effectiveFrom)),
                origin);
    }

    private static LogRecord moveStarted(Log log, Origin origin) {
        var event = IdentityProvider.getMoveStartedEventFromLog(log);
        return record(
                new MoveStarted(bytes20(event.account), origin, bytes20(event.key), seconds(event.executableAt)),
                origin);
    }

    private static LogRecord moveObjected(Log log, Origin origin) {
        var event = IdentityProvider.getMoveObjectedEventFromLog(log);
        return record(new MoveObjected(bytes20(event.account), origin, bytes20(event.key)), origin);
    }

    private static LogRecord identityMoved(Log log, Origin origin) {
        var event = IdentityProvider.getIdentityMovedEventFromLog(log);
        return record(
                new IdentityMoved(
                        bytes20(event.account), origin, bytes20(event.key), event.generation.longValueExact()),
                origin);
    }

    private static LogRecord didOwnerChanged(Log log, Origin origin) {
        var event = IdentityProvider.getDIDOwnerChangedEventFromLog(log);
        return record(
                new DidOwnerChanged(bytes20(event.identity), origin, bytes20(event.owner), u64(event.previousChange)),
                origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_PARTIES, ((Bytes20) value.get(0)).bytes(), value, origin);
    }
}
