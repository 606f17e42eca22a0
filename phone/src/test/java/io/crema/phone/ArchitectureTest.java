package io.crema.phone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crema.phone", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule STEPS_HAVE_NO_THREADS_AND_CLOCKS = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.util.Random.class, java.util.Timer.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("clock and randomness are passed in, so that every refusal can be tested to the second");

    @ArchTest
    static final ArchRule BORDERS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.crema.phone..", "io.crema.contracts..", "org.slf4j..", "org.jspecify..", "java..")
            .because("an Android app carries the wallet: it may depend on the off-chain half only");
}
