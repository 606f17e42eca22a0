package io.crema.projections;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "io.crema.projections", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule shouldKnowOnlyTheSchemasAndTheOffchainHalf = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.edge..",
                    "io.crema.phone..",
                    "io.crema.ingest..",
                    "io.crema.streams..",
                    "io.crema.settlement..",
                    "io.crema.cli..",
                    "io.crema.platform..",
                    "io.crema.contracts.chain..",
                    "org.web3j..")
            .because("read models know the log and nothing else: bring the fact in by a record of schemas/");

    @ArchTest
    static final ArchRule shouldKeepTheDatabaseBelowEverything = noClasses()
            .that()
            .resideInAPackage("io.crema.projections.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.projections.fold..", "io.crema.projections.read..", "io.crema.projections.api..")
            .because("tables and positions serve both sides: pass what is needed as an argument");

    @ArchTest
    static final ArchRule shouldFoldWithoutKnowingWhoReads = noClasses()
            .that()
            .resideInAPackage("io.crema.projections.fold..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.crema.projections.read..", "io.crema.projections.api..")
            .because("a fold depends on the log alone: derive for readers in a view or in the read package");

    @ArchTest
    static final ArchRule shouldReadWithoutKnowingHttp = noClasses()
            .that()
            .resideInAPackage("io.crema.projections.read..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.crema.projections.api..", "io.javalin..")
            .because("what is shown does not depend on how it travels: keep HTTP in the api package");

    @ArchTest
    static final ArchRule shouldNotTakeTheTimeOrAChanceByItself = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because(
                    "rows follow from the log, so that a rebuild makes the same: take an InstantSource for what is shown");
}
