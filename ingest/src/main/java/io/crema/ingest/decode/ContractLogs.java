package io.crema.ingest.decode;

import io.crema.contracts.value.Address;
import io.crema.events.Origin;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.LogDecoder;
import io.crema.ingest.watch.LogRecord;
import io.crema.ingest.watch.UndecodableLogException;
import io.crema.schemas.convert.Convert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** The logs of one deployment's contracts as records. Logs of anyone else, and unknown ones, are left out. Stateless. */
public final class ContractLogs implements LogDecoder {
    private final long chainId;
    private final Map<Named, LogReader> readers = new HashMap<>();

    private record Named(Address contract, String topic) {}

    /** Takes what reads an event of a contract. */
    @FunctionalInterface
    interface Readers {
        void put(Address contract, Event event, Reader reader);
    }

    /** Makes a record of one event by the contract's wrapper. */
    @FunctionalInterface
    interface Reader {
        LogRecord read(Log log, Origin origin);
    }

    /** Takes what reads an event of a contract without the wrapper. */
    @FunctionalInterface
    interface WordReaders {
        void put(Address contract, Event event, int topics, int words, WordReader reader);
    }

    /** Makes a record of one event by its words. */
    @FunctionalInterface
    interface WordReader {
        LogRecord read(LogWords words, Origin origin);
    }

    @FunctionalInterface
    private interface LogReader {
        LogRecord read(ChainLog log, Origin origin);
    }

    public ContractLogs(
            long chainId,
            Address paymentProvider,
            Address identityProvider,
            Address rentalProvider,
            Address maintenanceProvider,
            Address supplyProvider) {
        this.chainId = chainId;
        ChannelLogs.register(paymentProvider, this::putWords);
        PartyLogs.registerKeys(paymentProvider, this::put);
        PartyLogs.register(identityProvider, this::put);
        OwnerLogs.register(identityProvider, this::put);
        IdentityLogs.register(identityProvider, this::put);
        RentalLogs.register(rentalProvider, this::put);
        ServiceLogs.register(maintenanceProvider, this::put);
        PartyLogs.registerChoices(maintenanceProvider, this::put);
        SupplyLogs.register(supplyProvider, this::put);
        for (var contract : List.of(paymentProvider, rentalProvider, maintenanceProvider, supplyProvider)) {
            AccountLogs.register(contract, this::put);
        }
    }

    private void put(Address contract, Event event, Reader reader) {
        var topic = EventEncoder.encode(event);
        readers.put(new Named(contract, topic), (log, origin) -> reader.read(web3j(log), origin));
    }

    private void putWords(Address contract, Event event, int topics, int words, WordReader reader) {
        var topic = EventEncoder.encode(event);
        readers.put(new Named(contract, topic), (log, origin) -> reader.read(new LogWords(log, topics, words), origin));
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
            return Optional.of(reader.read(log, origin(log, block)));
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
