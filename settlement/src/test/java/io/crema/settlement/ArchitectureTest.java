package io.crema.settlement;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

@AnalyzeClasses(packages = "io.crema.settlement", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] STEPS = {
        "io.crema.settlement.step..", "io.crema.settlement.intent..", "io.crema.settlement.contract.."
    };

    @ArchTest
    static final ArchRule STEPS_HAVE_NO_THREADS_AND_CLOCKS = noClasses()
            .that()
            .resideInAnyPackage(STEPS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Random.class, Clock.class, InstantSource.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("a seeded scheduler drives the same steps: take the time as a parameter, wait in the runner");

    @ArchTest
    static final ArchRule STEPS_KNOW_ONLY_PORTS = noClasses()
            .that()
            .resideInAnyPackage(STEPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.settlement.kafka..",
                    "io.crema.settlement.runner..",
                    "io.crema.chain.node..",
                    "org.apache.kafka.clients..",
                    "org.web3j..",
                    "java.net..",
                    "java.io..",
                    "java.nio.file..")
            .because("log and chain are ports: add a method to AccountLog, ChainPort or ChainReader instead");

    @ArchTest
    static final ArchRule BORDERS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.edge..",
                    "io.crema.phone..",
                    "io.crema.ingest..",
                    "io.crema.streams..",
                    "io.crema.projections..",
                    "io.crema.cli..",
                    "io.crema.platform..")
            .because("settlement knows schemas and contracts only; what others do reaches it through the log");
}
