package io.crema.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The borders between the rooms of the house. Each module's own test has the rules inside it. */
@AnalyzeClasses(packages = "io.crema", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
    private static final String OFF_CHAIN = "io.crema.contracts..";
    private static final String RECORDS = "io.crema.events..";
    private static final String SCHEMAS = "io.crema.schemas..";
    private static final String CHAIN = "io.crema.chain..";

    /** Which of our packages a room may use besides its own. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            OFF_CHAIN,
            Set.of(),
            CHAIN,
            Set.of(OFF_CHAIN),
            SCHEMAS,
            Set.of(OFF_CHAIN, RECORDS),
            "io.crema.phone..",
            Set.of(OFF_CHAIN),
            "io.crema.edge..",
            Set.of(OFF_CHAIN, CHAIN, RECORDS, SCHEMAS),
            "io.crema.ingest..",
            Set.of(OFF_CHAIN, CHAIN, RECORDS, SCHEMAS),
            "io.crema.streams..",
            Set.of(OFF_CHAIN, RECORDS, SCHEMAS),
            "io.crema.settlement..",
            Set.of(OFF_CHAIN, CHAIN, RECORDS, SCHEMAS),
            "io.crema.projections..",
            Set.of(OFF_CHAIN, RECORDS, SCHEMAS),
            "io.crema.platform..",
            Set.of());

    @ArchTest
    static void shouldKeepToTheirBorders(JavaClasses classes) {
        List<String> rooms = new ArrayList<>(MAY_USE.keySet());
        rooms.add(RECORDS);
        rooms.add("io.crema.cli..");
        rooms.add("io.crema.simulation..");
        MAY_USE.forEach((room, others) -> {
            var forbidden = rooms.stream()
                    .filter(other -> !other.equals(room) && !others.contains(other))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .because(
                            "rooms share values, records and the log, never each other's code: move what two need into contracts/ or schemas/")
                    .check(classes);
        });
    }

    @ArchTest
    static void shouldAuditWithoutTheCodeThatIsAudited(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("io.crema.cli.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.crema.streams..", "io.crema.settlement..")
                .because("an audit that shares their code shares their faults: recompute it from the log")
                .check(classes);
    }

    @ArchTest
    static void shouldKeepHttpAndNodesOutOfTheTopologies(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("io.crema.streams..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.web3j..", "java.net.http..", "io.javalin..")
                .because(
                        "a topology that asks the world decides differently when it is replayed: bring the fact into the log")
                .check(classes);
    }
}
