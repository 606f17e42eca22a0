package io.crema.cli.fleet;

import java.util.List;

/** Names for the simulated companies. */
public final class Company {
    private static final List<String> NAMES =
            List.of("Helios Labs", "Nordlicht GmbH", "Atelier Verde", "Kite & Sons", "Blue Harbor");
    private static final List<String> PLACES =
            List.of("reception", "2nd floor", "canteen", "workshop", "roof terrace", "library", "3rd floor");

    private Company() {}

    public static int most() {
        return NAMES.size();
    }

    public static String name(int company) {
        return NAMES.get(company);
    }

    /** Where the n-th machine stands. */
    public static String site(int company, int machine) {
        return NAMES.get(company) + ", " + PLACES.get(machine % PLACES.size());
    }
}
