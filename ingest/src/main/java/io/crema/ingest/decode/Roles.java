package io.crema.ingest.decode;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** IdentityProvider's role bits by name, lowest bit first. */
final class Roles {
    private static final List<String> NAMES =
            List.of("MANUFACTURER", "CUSTOMER", "MACHINE", "SERVICE_PROVIDER", "SUPPLIER", "ORACLE");

    private Roles() {}

    /** @throws ArithmeticException for a bit without a name */
    static List<String> names(BigInteger mask) {
        if (mask.bitLength() > NAMES.size()) {
            throw new ArithmeticException("roles %s have a bit above %s; this version knows %s"
                    .formatted(mask.toString(2), NAMES.getLast(), NAMES));
        }
        return IntStream.range(0, NAMES.size())
                .filter(mask::testBit)
                .mapToObj(NAMES::get)
                .toList();
    }
}
