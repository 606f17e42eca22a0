package io.crema.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

final class ComparisonTest {
    static List<Comparison> comparisons() {
        return Comparison.ALL;
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void shouldComeToTheSameResultInEveryVariant(Comparison comparison) throws ReflectiveOperationException {
        var benchmark = comparison.type().getDeclaredConstructor().newInstance();
        call(benchmark, Setup.class);
        var results = call(benchmark, Benchmark.class);
        call(benchmark, TearDown.class);

        assertThat(results).hasSizeGreaterThan(1).containsKey(comparison.baseline());
        assertThat(results.values())
                .doesNotContainNull()
                .allSatisfy(result -> assertThat(result).isEqualTo(results.get(comparison.baseline())));
    }

    @Test
    void shouldVerifyTheWholeRun() {
        assertThat(new RunBenchmark().oneSignaturePerRun().sequence()).isEqualTo(Samples.RUN);
    }

    @Test
    void shouldRecoverTheEmployee() {
        assertThat(new RecoverBenchmark().libsecp256k1()).contains(Samples.EMPLOYEE.address());
    }

    @Test
    void shouldMeasureEveryBenchmarkOfTheModule() throws IOException {
        try (var list = Objects.requireNonNull(
                ComparisonTest.class.getResourceAsStream("/META-INF/BenchmarkList"), "JMH's generated list")) {
            var text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            var listed = text.lines().filter(line -> line.startsWith("JMH ")).count();
            var known = Comparison.ALL.stream()
                    .flatMap(comparison -> Arrays.stream(comparison.type().getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .count();
            assertThat(known).isEqualTo(listed);
        }
    }

    private static Map<String, Object> call(Object benchmark, Class<? extends Annotation> marked)
            throws ReflectiveOperationException {
        Map<String, Object> results = new LinkedHashMap<>();
        for (Method method : benchmark.getClass().getDeclaredMethods()) {
            if (method.isAnnotationPresent(marked)) {
                results.put(method.getName(), method.invoke(benchmark));
            }
        }
        return results;
    }
}
