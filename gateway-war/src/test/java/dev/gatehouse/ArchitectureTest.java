package dev.gatehouse;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may import whom (docs/architecture.md). */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule spi_knowsTheJdkAndMarkersOnly = classes()
            .that()
            .resideInAPackage("dev.gatehouse.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.gatehouse.spi..", "java..", "org.jspecify.annotations..", "org.pf4j..");

    @ArchTest
    static final ArchRule admission_isPureJavaOnTheSpi = classes()
            .that()
            .resideInAPackage("dev.gatehouse.admission..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..", "dev.gatehouse.spi..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule protocol_knowsNeitherServersNorOtherParts = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.device..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.session..");

    @ArchTest
    static final ArchRule device_knowsNobodyWhoUsesIt = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.device..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.refusal..",
                    "dev.gatehouse.session..",
                    "jakarta.servlet..",
                    "jakarta.websocket..",
                    "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule address_isPureJava = classes()
            .that()
            .resideInAPackage("dev.gatehouse.address..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.gatehouse.address..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule forwarded_isPureJavaOnTheSpi = classes()
            .that()
            .resideInAPackage("dev.gatehouse.forwarded..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.forwarded..",
                    "dev.gatehouse.address..",
                    "dev.gatehouse.spi..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule digest_isPureJava = classes()
            .that()
            .resideInAPackage("dev.gatehouse.digest..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.gatehouse.digest..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule ban_knowsTheDatabaseAndNobodyWhoUsesIt = classes()
            .that()
            .resideInAPackage("dev.gatehouse.ban..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.ban..",
                    "dev.gatehouse.address..",
                    "dev.gatehouse.device..",
                    "dev.gatehouse.spi..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule limit_knowsTheDatabaseAndNobodyWhoUsesIt = classes()
            .that()
            .resideInAPackage("dev.gatehouse.limit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.limit..",
                    "dev.gatehouse.address..",
                    "dev.gatehouse.device..",
                    "dev.gatehouse.spi..",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule handshake_startsTheChainAndNothingElse = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.handshake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.device..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..");

    @ArchTest
    static final ArchRule session_knowsNeitherManagementNorJpaNorServlets = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "jakarta.persistence..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule control_knowsTheRegistryAndTheProtocolOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.control..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule management_talksToTheRegistryAndTheChainDesk = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.management..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta.persistence..");

    @ArchTest
    static final ArchRule console_knowsTheApiKeysOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta.persistence..",
                    "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule contract_knowsServletsAndJsonOnly = classes()
            .that()
            .resideInAPackage("dev.gatehouse.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.contract..",
                    "dev.gatehouse.digest..",
                    "com.fasterxml.jackson..",
                    "jakarta.servlet..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule refusal_knowsNobodyWhoRefuses = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.refusal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule idempotency_knowsTheDatabaseOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.idempotency..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.config..",
                    "dev.gatehouse.console..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.journal..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule config_knowsTheSpiOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.device..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule chain_knowsNeitherServersNorSessions = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule offline_knowsTheRegistryAndTheConfigOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.offline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule offline_isImportedByBootstrapOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.gatehouse.offline..", "dev.gatehouse.bootstrap..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.gatehouse.offline..");

    @ArchTest
    static final ArchRule journal_knowsTheRegistryAndTheDecisionsOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule webhook_knowsTheJournalAndTheDatabaseOnly = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.admission..",
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.chain..",
                    "dev.gatehouse.control..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.observe..",
                    "dev.gatehouse.plugin..",
                    "dev.gatehouse.protocol..",
                    "dev.gatehouse.refusal..",
                    "dev.gatehouse.session..",
                    "jakarta..");

    @ArchTest
    static final ArchRule httpClient_isImportedByWebhooksOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.gatehouse.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule observe_watchesAndKnowsNoServer = noClasses()
            .that()
            .resideInAPackage("dev.gatehouse.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gatehouse.bootstrap..",
                    "dev.gatehouse.handshake..",
                    "dev.gatehouse.management..",
                    "dev.gatehouse.offline..",
                    "dev.gatehouse.protocol..",
                    "jakarta..");

    @ArchTest
    static final ArchRule prometheus_isImportedByObserveOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.gatehouse.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus..");

    @ArchTest
    static final ArchRule openTelemetry_isImportedByOneClassThatIsLoadedWhenItIsNeeded = noClasses()
            .that()
            .haveNameNotMatching("dev\\.gatehouse\\.observe\\.OtlpTraces(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule launch_knowsTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.gatehouse.launch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.gatehouse.launch..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule bootstrap_isImportedByNobody = noClasses()
            .that()
            .resideOutsideOfPackage("dev.gatehouse.bootstrap..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.gatehouse.bootstrap..");

    @ArchTest
    static final ArchRule pf4j_isImportedByThePluginHostAndTheSpiOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.gatehouse.plugin..", "dev.gatehouse.spi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule jpa_staysInDevice = noClasses()
            .that()
            .resideOutsideOfPackage("dev.gatehouse.device..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.eclipse.persistence..", "com.zaxxer..", "org.flywaydb..");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("dev.gatehouse.(*)..").should().beFreeOfCycles();
}
