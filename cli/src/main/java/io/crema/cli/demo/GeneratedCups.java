package io.crema.cli.demo;

import io.crema.cli.fleet.DerivedKeys;
import io.crema.cli.fleet.Menu;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/** Cups of people with habits of their own; cup n is the same for the same seed and run, whoever asks when. */
final class GeneratedCups implements CupSource {
    private final DerivedKeys keys;
    private final long run;
    private final List<List<String>> employees;
    private final OptionalLong total;
    private final AtomicLongArray asked;

    /** @param employees by machine */
    GeneratedCups(DerivedKeys keys, long run, List<List<String>> employees, OptionalLong total) {
        this.keys = keys;
        this.run = run;
        this.employees = List.copyOf(employees);
        this.total = total;
        this.asked = new AtomicLongArray(employees.size());
    }

    @Override
    public Optional<PlannedCup> next(int machine) {
        var number = asked.getAndIncrement(machine) * employees.size() + machine;
        if (total.isPresent() && number >= total.getAsLong()) {
            return Optional.empty();
        }
        var random = new SplittableRandom(keys.seed() ^ (run * 0x9e3779b97f4a7c15L) ^ (number * 0xbf58476d1ce4e5b9L));
        var people = employees.get(machine);
        return Optional.of(new PlannedCup(
                keys.hash("cup", run + ":" + number),
                people.get(random.nextInt(people.size())),
                Menu.choose(random),
                Optional.empty(),
                OptionalInt.empty()));
    }

    @Override
    public OptionalLong total() {
        return total;
    }
}
