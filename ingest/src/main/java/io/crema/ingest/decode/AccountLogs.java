package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.amount;
import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.unsigned;
import static io.crema.ingest.decode.Fields.word;

import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.contracts.value.Address;
import io.crema.events.Bytes20;
import io.crema.events.Deposited;
import io.crema.events.OfferCancelled;
import io.crema.events.Origin;
import io.crema.events.Withdrawn;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** What accounts do at every contract that holds money of theirs; the key is the account. Stateless. */
final class AccountLogs {
    private AccountLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, MaintenanceProvider.DEPOSITED_EVENT, AccountLogs::deposited);
        into.put(contract, MaintenanceProvider.WITHDRAWN_EVENT, AccountLogs::withdrawn);
        into.put(contract, MaintenanceProvider.OFFERCANCELLED_EVENT, AccountLogs::offerCancelled);
    }

    private static LogRecord deposited(Log log, Origin origin) {
        var event = MaintenanceProvider.getDepositedEventFromLog(log);
        return record(new Deposited(bytes20(event.account), origin, bytes20(event.from), amount(event.amount)), origin);
    }

    private static LogRecord withdrawn(Log log, Origin origin) {
        var event = MaintenanceProvider.getWithdrawnEventFromLog(log);
        return record(new Withdrawn(bytes20(event.account), origin, bytes20(event.to), unsigned(event.amount)), origin);
    }

    private static LogRecord offerCancelled(Log log, Origin origin) {
        var event = MaintenanceProvider.getOfferCancelledEventFromLog(log);
        return record(new OfferCancelled(bytes20(event.signer), origin, word(event.nonce)), origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_PARTIES, ((Bytes20) value.get(0)).bytes(), value, origin);
    }
}
