package io.crema.bench;

import io.crema.edge.pcsc.PhoneReader;
import io.crema.platform.Pcscd;
import io.crema.platform.VpcdPhone;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** A phone that is held to a virtual reader of the true pcscd; the time counts from when the reader has told of it. */
final class ReaderWay implements TapProcess.Way {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Office office;
    private final Pcscd pcscd;
    private final PhoneReader reader;
    private final SynchronousQueue<Long> took = new SynchronousQueue<>();

    ReaderWay(Office office, Path folder) throws Exception {
        this.office = office;
        pcscd = new Pcscd(folder);
        pcscd.start();
        reader = new PhoneReader(Pcscd.READER, PATIENCE, link -> {
            var start = System.nanoTime();
            office.sell(link);
            try {
                took.put(System.nanoTime() - start);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
    }

    @Override
    public long tap() throws Exception {
        while (reader.status().state() != PhoneReader.State.READY) {
            Thread.sleep(1);
        }
        var field = new InetSocketAddress(InetAddress.getLoopbackAddress(), pcscd.port());
        try (var phone = new VpcdPhone(field, office.phone()::process, office.phone()::deactivated)) {
            var answering = Thread.startVirtualThread(() -> serve(phone));
            var nanos = took.poll(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
            if (nanos == null) {
                throw new IllegalStateException("no tap came through the reader; it says: " + reader.status());
            }
            phone.close();
            answering.join();
            return nanos;
        }
    }

    private static void serve(VpcdPhone phone) {
        try {
            phone.serve(() -> false);
        } catch (java.io.IOException takenAway) {
            // the tap is over
        }
    }

    @Override
    public void close() throws Exception {
        reader.close();
        pcscd.close();
    }
}
