package io.crema.ingest.decode;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.value.Address;
import io.crema.events.Origin;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.LogDecoder;
import io.crema.ingest.watch.LogRecord;
import io.crema.ingest.watch.UndecodableLogException;
import io.crema.schemas.convert.Convert;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** The logs of one deployment's contracts as records. Events that concern nobody off-chain are left out. Stateless. */
public final class ContractLogs implements LogDecoder {
    private final long chainId;
    private final Map<Named, Reader> readers = new HashMap<>();

    private record Named(Address contract, String topic) {}

    /** Makes a record of one event. */
    @FunctionalInterface
    interface Reader {
        LogRecord read(Log log, Origin origin);
    }

    public ContractLogs(
            long chainId,
            Address paymentProvider,
            Address identityProvider,
            Address rentalProvider,
            Address maintenanceProvider) {
        this.chainId = chainId;
        put(paymentProvider, PaymentProvider.CHANNELOPENED_EVENT, ChannelLogs::opened);
        put(paymentProvider, PaymentProvider.CHANNELTOPPEDUP_EVENT, ChannelLogs::toppedUp);
        put(paymentProvider, PaymentProvider.CHANNELREDEEMED_EVENT, ChannelLogs::redeemed);
        put(paymentProvider, PaymentProvider.REDEMPTIONSKIPPED_EVENT, ChannelLogs::skipped);
        put(paymentProvider, PaymentProvider.CHANNELCLOSEREQUESTED_EVENT, ChannelLogs::closeRequested);
        put(paymentProvider, PaymentProvider.CHANNELCLOSED_EVENT, ChannelLogs::closed);
        put(paymentProvider, PaymentProvider.ACTINGKEYCHANGED_EVENT, PartyLogs::actingKeyChanged);
        put(identityProvider, IdentityProvider.PARTICIPANTONBOARDED_EVENT, PartyLogs::onboarded);
        put(identityProvider, IdentityProvider.ROLESCHANGED_EVENT, PartyLogs::rolesChanged);
        put(identityProvider, IdentityProvider.PARTICIPANTSUSPENDED_EVENT, PartyLogs::suspended);
        put(identityProvider, IdentityProvider.PARTICIPANTREINSTATED_EVENT, PartyLogs::reinstated);
        put(identityProvider, IdentityProvider.MACHINEREGISTERED_EVENT, PartyLogs::machineRegistered);
        put(identityProvider, IdentityProvider.MACHINEKEYCHANGED_EVENT, PartyLogs::machineKeyChanged);
        put(rentalProvider, RentalProvider.RENTALCONCLUDED_EVENT, AgreementLogs::rentalConcluded);
        put(maintenanceProvider, MaintenanceProvider.SERVICEREQUESTED_EVENT, AgreementLogs::serviceRequested);
    }

    private void put(Address contract, Event event, Reader reader) {
        var topic = EventEncoder.encode(event);
        readers.put(new Named(contract, topic), reader);
    }

    @Override
    public Optional<LogRecord> decode(ChainLog log, BlockHeader block) {
        if (log.topics().isEmpty()) {
            return Optional.empty();
        }
        var reader = readers.get(new Named(log.contract(), log.topics().getFirst()));
        if (reader == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(web3j(log), origin(log, block)));
        } catch (RuntimeException e) {
            throw new UndecodableLogException(log, e);
        }
    }

    private Origin origin(ChainLog log, BlockHeader block) {
        return new Origin(
                chainId,
                Convert.bytes20(log.contract()),
                log.blockNumber(),
                Convert.bytes32(log.blockHash()),
                block.time(),
                Convert.bytes32(log.transactionHash()),
                log.logIndex());
    }

    private static Log web3j(ChainLog log) {
        var web3j = new Log();
        web3j.setAddress(log.contract().hex());
        web3j.setTopics(log.topics());
        web3j.setData(log.data());
        return web3j;
    }
}
