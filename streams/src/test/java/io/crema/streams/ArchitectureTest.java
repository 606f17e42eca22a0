package io.crema.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(packages = "io.crema.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] RULES = {
        "io.crema.streams.balances..",
        "io.crema.streams.redemption..",
        "io.crema.streams.telemetry..",
        "io.crema.streams.figures.."
    };

    @ArchTest
    static final ArchRule rulesKnowNoKafka = noClasses()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..", "io.crema.streams.records..")
            .because("decisions are tested without a broker: carry data to them from a processor instead");

    @ArchTest
    static final ArchRule nobodyAsksTheSystemForTheTime = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time is the record's or the punctuation's: take it from there");

    @ArchTest
    static final ArchRule onlyEntriesArePublic = classes()
            .that()
            .resideInAnyPackage(
                    "io.crema.streams.channels..", "io.crema.streams.machines..", "io.crema.streams.analytics..")
            .and()
            .arePublic()
            .should()
            .haveSimpleNameEndingWith("Topology")
            .orShould()
            .haveSimpleNameEndingWith("Settings")
            .because("a topology has one public entry and what configures it: make the rest package-private");

    @ArchTest
    static final ArchRule noneReachesIntoOtherRooms = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.platform..",
                    "io.crema.chain..",
                    "io.crema.ingest..",
                    "io.crema.settlement..",
                    "io.crema.projections..",
                    "io.crema.edge..",
                    "io.crema.phone..",
                    "org.web3j..",
                    "java.net.http..")
            .because("streams depends on schemas and the contracts' off-chain half only: pass events through the log");
}
