package io.crema.edge.kill;

import io.crema.contracts.tap.ApduHandler;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Springs in the middle of a tap: when so many more APDUs have come, over all phones. Thread-safe. */
final class Trap {
    private final Runnable kill;
    private final AtomicInteger left = new AtomicInteger();
    private final Semaphore sprung = new Semaphore(0);

    Trap(Runnable kill) {
        this.kill = kill;
    }

    /** Arms the trap and waits for it; returns whether it sprang. */
    boolean springsAfter(int apdus, long millis) throws InterruptedException {
        left.set(apdus);
        if (sprung.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return true;
        }
        if (left.getAndSet(0) > 0) {
            return false;
        }
        // an APDU that came just now has it
        sprung.acquire();
        return true;
    }

    /** The phone with the trap before its answer (short commands) or right behind it (long ones). */
    ApduHandler around(ApduHandler phone) {
        return new ApduHandler() {
            @Override
            public byte[] process(byte[] apdu) {
                var mine = left.getAndUpdate(it -> Math.max(0, it - 1)) == 1;
                var before = apdu.length < 100;
                if (mine && before) {
                    spring();
                }
                var answer = phone.process(apdu);
                if (mine && !before) {
                    spring();
                }
                return answer;
            }

            @Override
            public void deactivated() {
                phone.deactivated();
            }
        };
    }

    private void spring() {
        kill.run();
        sprung.release();
    }
}
