package io.crema.edge.run;

import java.util.Optional;

/** This program's version. Stateless. */
final class Version {
    private Version() {}

    /** From the jar's manifest; "unpackaged" in a build folder. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
