package io.crema.simulation.world;

import io.crema.chain.transactions.ChainReader;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.publish.LogPort;
import io.crema.ingest.watch.EventLog;
import io.crema.settlement.step.AccountLog;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.log.Fetched;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import io.crema.simulation.streams.TaskHooks;
import java.util.List;

/**
 * What lies between the parts and the simulated world. By default nothing; a test puts a broken wire in, to see that the
 * simulation finds it.
 */
public interface Wiring {
    Wiring HONEST = new Wiring() {};

    /** A machine's journal. */
    default AppendLog journal(AppendLog disk) {
        return disk;
    }

    /** A machine's way to the log. @param log for a wire that goes its own way */
    default LogPort publisher(LogPort port, SimulatedLog log) {
        return port;
    }

    /** How settlement becomes the one writer of its account. */
    default LogWriter accountWriter(SimulatedLog log, String transactionalId) {
        return log.writer(transactionalId);
    }

    /** Where settlement's steps become durable. */
    default AccountLog account(AccountLog log, SimulatedChain chain) {
        return log;
    }

    /** The steps of the account that settlement goes on from. */
    default List<StoredRecord> history(List<StoredRecord> steps) {
        return steps;
    }

    /** The intents that settlement reads. */
    default Fetched intents(SimulatedLog log, Place place, long from, int most) {
        return log.read(place, from, most);
    }

    /** What settlement asks the chain. */
    default ChainReader reader(ChainReader node, SimulatedChain chain) {
        return node;
    }

    /** Where the watcher's events go. */
    default EventLog events(EventLog log) {
        return log;
    }

    /** How the topology's tasks use the log. */
    default TaskHooks tasks() {
        return TaskHooks.HONEST;
    }
}
