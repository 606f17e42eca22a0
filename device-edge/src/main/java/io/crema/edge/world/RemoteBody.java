package io.crema.edge.world;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.ProductId;
import io.crema.edge.node.Hardware;
import io.crema.edge.node.HardwareAwayException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A machine's body in another process, reached over the connection of the moment; the phone held to it comes by the same
 * way. Its sensors read what the world told last.
 */
final class RemoteBody implements Hardware, TapLink {
    private static final Logger log = LoggerFactory.getLogger(RemoteBody.class);

    private volatile @Nullable Wire wire;
    private volatile List<SensorValue> sensors = List.of();

    void attached(@Nullable Wire current) {
        wire = current;
    }

    void measured(List<SensorValue> values) {
        sensors = List.copyOf(values);
    }

    @Override
    public byte[] transmit(byte[] apdu) throws TapLostException {
        try {
            var here = here();
            here.send(Wire.APDU, apdu);
            var answer = here.receive();
            if (answer.type() == Wire.TAP_LOST) {
                throw new TapLostException("the phone is gone");
            }
            return answer.expect(Wire.APDU_ANSWER).data();
        } catch (IOException e) {
            throw new TapLostException("the world is gone: " + e.getMessage(), e);
        }
    }

    @Override
    public PourResult pour(Hash job, ProductId product) {
        return ask(Wire.POUR, new WorldCodec.Job(job, product).encode(), Wire.POUR_RESULT, WorldCodec::pourResult);
    }

    @Override
    public JobState recall(Hash job) {
        var ordinal = ask(Wire.RECALL, new ByteWriter().hash(job).toBytes(), Wire.RECALLED, ByteReader::u8);
        var states = JobState.values();
        return ordinal < states.length ? states[ordinal] : JobState.UNKNOWN;
    }

    @Override
    public List<SensorValue> sensors() {
        return sensors;
    }

    @Override
    public void show(String sentence) {
        try {
            here().send(Wire.SHOW, WorldCodec.text(new ByteWriter(), sentence).toBytes());
        } catch (IOException e) {
            log.debug("the screen is gone: {}", e.toString());
        }
    }

    private <T> T ask(int type, byte[] data, int answer, java.util.function.Function<ByteReader, T> meaning) {
        try {
            return Wire.read(here().ask(type, data, answer), meaning);
        } catch (IOException e) {
            throw new HardwareAwayException("the machine's body is gone: " + e.getMessage(), e);
        }
    }

    private Wire here() throws IOException {
        var current = wire;
        if (current == null) {
            throw new IOException("not attached");
        }
        return current;
    }
}
