package io.crema.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaHistoryTest {
    private static final CommittedSchemas COMMITTED = CommittedSchemas.instance();

    static Stream<Schema> current() {
        return CommitSchemas.current().values().stream();
    }

    static Stream<String> subjects() {
        return COMMITTED.newest().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldBeCommittedAsItIs(Schema schema) {
        assertThat(COMMITTED.newest(schema.getFullName()).map(CommittedSchemas.Committed::schema))
                .as(
                        "%s is not committed as src/main/avro has it. Run the main class CommitSchemas on"
                                + " src/main/resources/registry, and commit what it adds",
                        schema.getFullName())
                .contains(schema);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void shouldReadEveryVersionByEveryOther(String subject) {
        var versions = COMMITTED.all().stream()
                .filter(committed -> committed.subject().equals(subject))
                .map(CommittedSchemas.Committed::schema)
                .toList();
        checkHistory(subject, versions);
    }

    @ParameterizedTest
    @MethodSource("current")
    void shouldSayWhatEachFieldIs(Schema schema) {
        assertThat(undocumented(schema, new HashSet<>()))
                .as("write a doc comment above each of these in src/main/avro")
                .isEmpty();
    }

    @Test
    void shouldNameAChangeThatBreaksReaders() {
        var before = SchemaBuilder.record("R").fields().requiredInt("a").endRecord();
        var renamed = SchemaBuilder.record("R").fields().requiredInt("b").endRecord();
        var extended = SchemaBuilder.record("R")
                .fields()
                .requiredInt("a")
                .name("b")
                .type()
                .intType()
                .intDefault(0)
                .endRecord();
        checkHistory("R", List.of(before, extended));
        assertThatThrownBy(() -> checkHistory("R", List.of(before, extended, renamed)))
                .hasMessageContaining("R: version 1 cannot read version 3")
                .hasMessageContaining("give a new field a default");
    }

    private static void checkHistory(String subject, List<Schema> versions) {
        List<String> faults = new ArrayList<>();
        for (var reader = 0; reader < versions.size(); reader++) {
            for (var writer = 0; writer < versions.size(); writer++) {
                var result = SchemaCompatibility.checkReaderWriterCompatibility(
                                versions.get(reader), versions.get(writer))
                        .getResult();
                if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
                    faults.add("%s: version %d cannot read version %d (%s)"
                            .formatted(subject, reader + 1, writer + 1, result.getIncompatibilities()));
                }
            }
        }
        assertThat(faults)
                .as("schemas change only so that every version reads every other (FULL_TRANSITIVE): take the change"
                        + " back, give a new field a default, keep or default an old one, or make a new record type")
                .isEmpty();
    }

    private static List<String> undocumented(Schema schema, Set<String> seen) {
        List<String> missing = new ArrayList<>();
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    if (blank(schema.getDoc())) {
                        missing.add(schema.getFullName());
                    }
                    for (var field : schema.getFields()) {
                        if (blank(field.doc())) {
                            missing.add(schema.getFullName() + "." + field.name());
                        }
                        missing.addAll(undocumented(field.schema(), seen));
                    }
                }
            }
            case ARRAY -> missing.addAll(undocumented(schema.getElementType(), seen));
            case MAP -> missing.addAll(undocumented(schema.getValueType(), seen));
            case UNION -> schema.getTypes().forEach(type -> missing.addAll(undocumented(type, seen)));
            default -> {}
        }
        return missing;
    }

    private static boolean blank(@Nullable String doc) {
        return doc == null || doc.isBlank();
    }
}
