package io.crema.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crema.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] STEPS = {
        "io.crema.ingest.watch..", "io.crema.ingest.decode..", "io.crema.ingest.gateway.fold.."
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
            .belongToAnyOf(Thread.class, java.util.Random.class, java.util.Timer.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because(
                    "a simulation drives the same steps with its own time and order; move it to the runner or an adapter");

    @ArchTest
    static final ArchRule STEPS_KNOW_ONLY_PORTS = noClasses()
            .that()
            .resideInAnyPackage(STEPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.ingest.rpc..",
                    "io.crema.ingest.kafka..",
                    "io.crema.ingest.runner..",
                    "io.crema.ingest.gateway.http..",
                    "io.crema.ingest.gateway.log..",
                    "org.apache.kafka..",
                    "org.web3j.protocol.http..",
                    "java.net..",
                    "java.io..",
                    "java.nio.file..")
            .because("the chain and the log are ports: add a method to ChainReader or EventLog instead");

    @ArchTest
    static final ArchRule BORDERS = classes()
            .that()
            .resideInAPackage("io.crema.ingest..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.ingest..",
                    "io.crema.schemas..",
                    "io.crema.events..",
                    "io.crema.contracts..",
                    "io.crema.chain..",
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "org.web3j..",
                    "okhttp3..",
                    "com.fasterxml.jackson..",
                    "io.javalin..",
                    "kotlin..",
                    "jakarta.servlet..",
                    "org.eclipse.jetty..",
                    "javax.net.ssl..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..")
            .because("ingest may depend on schemas and contracts only (docs: rooms of the house)");
}
