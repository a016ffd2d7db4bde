package dev.gatehouse.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Shows each test of the contract to fail on a check that breaks its rule, and to fail on no other. */
class AdmissionCheckContractTest {

    static Stream<Breach> breaches() {
        return Breach.all().stream();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void breach_isFoundByTheTestOfItsRuleAlone(Breach breach) {
        Map<String, TestExecutionResult> results = run(breach, DiscoverySelectors.selectClass(BrokenContract.class));

        assertThat(failures(results)).containsOnlyKeys(breach.rule());
    }

    @Test
    void soundCheck_passesEveryTest() {
        Map<String, TestExecutionResult> results =
                run(Breach.NONE, DiscoverySelectors.selectClass(BrokenContract.class));

        assertThat(results)
                .hasSize(testsOfTheContract().size())
                .allSatisfy((test, result) -> assertThat(result).isEqualTo(TestExecutionResult.successful()));
    }

    @Test
    void hangingCheck_failsInsteadOfHangingTheBuild() {
        Breach hanging = StateBreaches.HANGING;

        Map<String, TestExecutionResult> results =
                run(hanging, DiscoverySelectors.selectMethod(BrokenContract.Hasty.class, hanging.rule()));

        assertThat(failures(results))
                .hasEntrySatisfying(
                        hanging.rule(), failure -> assertThat(failure).contains("TimeoutException"));
    }

    @Test
    void everyTestOfTheContract_isShownToFail() {
        assertThat(testsOfTheContract()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(breaches().map(Breach::rule)).containsAll(testsOfTheContract());
    }

    private static List<String> testsOfTheContract() {
        return Arrays.stream(AdmissionCheckContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();
    }

    private static Map<String, String> failures(Map<String, TestExecutionResult> results) {
        return results.entrySet().stream()
                .filter(result -> result.getValue().getStatus() == Status.FAILED)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        result -> result.getValue()
                                .getThrowable()
                                .map(String::valueOf)
                                .orElse("")));
    }

    private static Map<String, TestExecutionResult> run(Breach breach, DiscoverySelector selector) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .configurationParameter(BrokenContract.BREACH, breach.name())
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    results.put(test.getLegacyReportingName().replace("()", ""), result);
                                }
                            }
                        });
        return results;
    }
}
