package io.crema.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest; "development" when run from class folders. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Objects.requireNonNullElse(Crema.class.getPackage().getImplementationVersion(), "development");
        return new String[] {"crema " + version, "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }
}
