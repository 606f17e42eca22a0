package io.crema.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crema.contracts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule LIGHT_ENOUGH_FOR_A_PHONE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.crema.contracts..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.bouncycastle..",
                    "fr.acinq.secp256k1..")
            .because("phones and machines carry these classes: what needs web3j belongs into contracts/chain, Avro into"
                    + " schemas, Kafka into the services");
}
