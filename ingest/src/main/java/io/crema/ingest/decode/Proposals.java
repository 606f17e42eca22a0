package io.crema.ingest.decode;

import java.math.BigInteger;
import java.util.List;

/** IdentityProvider's kinds of proposals by name. */
final class Proposals {
    private static final List<String> KINDS =
            List.of("ADD_OWNER", "REMOVE_OWNER", "SET_QUORUM", "SET_ROLES", "REINSTATE", "MOVE_IDENTITY");

    private Proposals() {}

    /** The name; a number that has none as it is. */
    static String kind(BigInteger kind) {
        var number = kind.intValueExact();
        return number < KINDS.size() ? KINDS.get(number) : Integer.toString(number);
    }
}
