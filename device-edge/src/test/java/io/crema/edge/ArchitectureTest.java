package io.crema.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crema.edge", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] STEPS = {
        "io.crema.edge.node..", "io.crema.edge.publish..", "io.crema.edge.journal..", "io.crema.edge.chain.."
    };

    @ArchTest
    static final ArchRule STEPS_HAVE_NO_THREADS_AND_CLOCKS = noClasses()
            .that()
            .resideInAnyPackage(STEPS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Thread.class,
                    java.util.Random.class,
                    java.util.Timer.class,
                    java.util.concurrent.Executor.class,
                    java.util.concurrent.ExecutorService.class,
                    java.util.concurrent.CompletableFuture.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("a simulation drives the same steps with its own time and order; threads and clocks belong to the"
                    + " runner");

    @ArchTest
    static final ArchRule STEPS_KNOW_ONLY_PORTS = noClasses()
            .that()
            .resideInAnyPackage("io.crema.edge.node..", "io.crema.edge.publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.edge.runner..",
                    "io.crema.edge.world..",
                    "io.crema.edge.body..",
                    "io.crema.edge.kafka..",
                    "com.pi4j..",
                    "io.crema.edge.gateway..",
                    "io.crema.edge.folder..",
                    "io.crema.edge.pcsc..",
                    "io.crema.edge.tag..",
                    "io.crema.edge.run..",
                    "io.crema.edge.provision..",
                    "io.crema.edge.chain..",
                    "io.crema.chain..",
                    "org.web3j..",
                    "com.google.zxing..",
                    "org.apache.kafka..",
                    "java.net..",
                    "java.nio.file..")
            .because("body, phone, log and disk are ports: add a method to the port instead");

    @ArchTest
    static final ArchRule BODY_STEPS_HAVE_NO_THREADS_AND_CLOCKS = noClasses()
            .that()
            .resideInAnyPackage("io.crema.edge.body.control..", "io.crema.edge.body.chip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.pi4j..", "java.net..", "java.nio.file..", "java.util.concurrent..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("how a cup is poured and a chip is read is tested without threads, pins and clocks");

    @ArchTest
    static final ArchRule PINS_ONLY_IN_THEIR_ADAPTERS = noClasses()
            .that()
            .resideOutsideOfPackages("io.crema.edge.body.pi4j..", "io.crema.edge.body.simulated..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.pi4j..")
            .because("everything else uses the port Board, so that another library can take Pi4J's place");

    @ArchTest
    static final ArchRule BORDERS = classes()
            .that()
            .resideInAPackage("io.crema.edge..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.edge..",
                    "io.crema.contracts..",
                    "io.crema.schemas..",
                    "io.crema.events..",
                    "io.crema.chain..",
                    "org.web3j..",
                    "com.google.zxing..",
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "javax.crypto..",
                    "com.sun.net.httpserver..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "org.nfctools..",
                    "javax.smartcardio..",
                    "jnasmartcardio..",
                    "com.pi4j..",
                    "javax.net.ssl..",
                    "java..")
            .because("a machine carries the off-chain half and the schemas, nothing of the other services");

    @ArchTest
    static final ArchRule ONLY_ONE_ROOM_KNOWS_THE_CHAIN = noClasses()
            .that()
            .resideOutsideOfPackage("io.crema.edge.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.web3j..", "com.google.zxing..", "io.crema.chain.transactions..")
            .because("a machine that never acts on chain must not load what that takes; go by DirectSettlement");
}
