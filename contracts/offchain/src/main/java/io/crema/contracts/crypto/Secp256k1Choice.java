package io.crema.contracts.crypto;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the implementation chosen for this process. */
final class Secp256k1Choice {
    private static final Logger LOG = LoggerFactory.getLogger(Secp256k1.class);
    static final Secp256k1 CHOSEN = choose();

    private Secp256k1Choice() {}

    private static Secp256k1 choose() {
        var wanted = System.getProperty(Secp256k1.PROPERTY, "");
        if (wanted.equals("BouncyCastle")) {
            var asked = new BouncyCastleSecp256k1();
            LOG.info("secp256k1 library={} reason=\"{} asks for it\"", asked.name(), Secp256k1.PROPERTY);
            return asked;
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is '%s'; expected BouncyCastle, or leave it out for the native library where it loads"
                            .formatted(Secp256k1.PROPERTY, wanted));
        }
        try {
            var found = new NativeSecp256k1();
            LOG.info("secp256k1 library={}", found.name());
            return found;
        } catch (LinkageError | RuntimeException e) {
            var fallback = new BouncyCastleSecp256k1();
            LOG.warn("secp256k1 library={} reason=\"no native library here: {}\"", fallback.name(), e.toString());
            return fallback;
        }
    }
}
