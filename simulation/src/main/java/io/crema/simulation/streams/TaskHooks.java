package io.crema.simulation.streams;

import io.crema.simulation.log.Fetched;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a task uses the log: as Kafka Streams with exactly_once_v2 does. Tests put what is wrong in its place. */
public interface TaskHooks {
    TaskHooks HONEST = new TaskHooks() {};

    /** Records of an input. */
    default Fetched read(SimulatedLog log, Place place, long from, int most) {
        return log.read(place, from, most);
    }

    /** All that a changelog holds, to restore a store from. */
    default List<StoredRecord> changelog(SimulatedLog log, Place place) {
        return log.read(place, 0, Integer.MAX_VALUE).records();
    }

    /** Writes what a task made; {@link Output#commit} is the whole of it. */
    default void write(Output output, LogWriter writer) {
        output.commit(writer);
    }

    /** What a task made of its inputs. */
    interface Output {
        /** In the order in which they were made. */
        List<StoredRecord> records();

        /** How far the inputs were read. */
        Map<Place, Long> positions();

        /** The same positions with other records. */
        Output with(UnaryOperator<List<StoredRecord>> change);

        /** Records and positions in one transaction, in which the process may end anywhere. */
        void commit(LogWriter writer);
    }
}
