package io.crema.edge.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Thing Description 1.1 asks of each affordance (sections 5.3.1 and 5.3.2), and that nothing is left out. */
final class ThingDescriptionTest {
    private static final List<String> DATA_TYPES =
            List.of("boolean", "integer", "number", "string", "object", "array", "null");

    private static Stream<MachineType> types() {
        return Stream.of(
                        "{'adapter': 'simulated', 'products': [{'name': 'Espresso', 'millilitres': 30}, {'name': 'Lungo'}]}",
                        "{'adapter': 'pi4j', 'products': [{'name': 'Tea'}], 'pins': {'pump': 17, 'flowMeter': 23}}",
                        "{'adapter': 'http', 'url': 'http://127.0.0.1', 'products': [{'name': 'Mocha'}], 'quantities': ['WaterLevel']}")
                .map(json -> BodyConfigTest.parse(json).type());
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldDescribeOneMachine(MachineType type) {
        var thing = ThingDescription.of(type, "CM-1", URI.create("http://127.0.0.1:9464/"));
        assertThat(thing.path("@context").get(0).asText()).isEqualTo("https://www.w3.org/2022/wot/td/v1.1");
        assertThat(URI.create(thing.path("id").asText()).getScheme()).isEqualTo("urn");
        assertThat(thing.path("title").asText()).isNotBlank();
        assertThat(thing.path("securityDefinitions")
                        .path(thing.path("security").asText())
                        .path("scheme")
                        .asText())
                .isEqualTo("nosec");
        check(thing, type, true);
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldDescribeAType(MachineType type) {
        var model = ThingDescription.of(type);
        assertThat(model.path("@type").asText()).isEqualTo("tm:ThingModel");
        assertThat(model.has("id")).isFalse();
        check(model, type, false);
    }

    private static void check(JsonNode thing, MachineType type, boolean forms) {
        var properties = thing.path("properties");
        assertThat(properties.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        type.quantities().stream().map(Quantity::word).toList());
        properties.properties().forEach(property -> {
            var schema = property.getValue();
            var quantity = Quantity.named(property.getKey()).orElseThrow();
            checkSchema(schema);
            assertThat(schema.path("unit").asText()).isEqualTo(quantity.unit());
            assertThat(schema.path("minimum").doubleValue())
                    .isLessThan(schema.path("maximum").doubleValue());
            assertThat(schema.path("readOnly").booleanValue()).isTrue();
            checkForms(schema, forms, "readproperty", "observeproperty");
        });
        var events = thing.path("events");
        assertThat(events.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        type.events().stream().map(EventKind::word).toList());
        events.forEach(event -> {
            checkSchema(event.path("data"));
            checkForms(event, forms, "subscribeevent", "unsubscribeevent");
        });
        var pour = thing.path("actions").path("pour");
        checkSchema(pour.path("input"));
        pour.path("input").path("properties").forEach(ThingDescriptionTest::checkSchema);
        checkForms(pour, forms, "invokeaction");
        assertThat(pour.path("input").path("properties").path("product").path("oneOf"))
                .extracting(choice -> choice.path("const").asText())
                .containsExactlyElementsOf(type.products().stream()
                        .map(product -> product.id().value().hex())
                        .toList());
    }

    private static void checkSchema(JsonNode schema) {
        assertThat(DATA_TYPES).contains(schema.path("type").asText());
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    private static void checkForms(JsonNode affordance, boolean expected, String... operations) {
        if (!expected) {
            assertThat(affordance.has("forms")).isFalse();
            return;
        }
        assertThat(affordance.path("forms")).isNotEmpty().allSatisfy(form -> {
            assertThat(URI.create(form.path("href").asText())).isNotNull();
            assertThat(form.path("op").asText()).isIn(Arrays.asList((Object[]) operations));
        });
    }

    @Test
    void shouldNameTheStandardsWords() {
        var thing = ThingDescription.of(types().findFirst().orElseThrow());
        assertThat(thing.at("/properties/BoilerTempSteam/@type").asText()).isEqualTo("opc:BoilerTempSteam");
        assertThat(thing.at("/properties/BoilerTempCoffee/@type").asText()).isEqualTo("opc:BoilerTempWater");
        assertThat(thing.at("/events/DripTrayFull/@type").asText())
                .isEqualTo("homeconnect:ConsumerProducts.CoffeeMaker.Event.DripTrayFull");
        assertThat(thing.at("/actions/pour/input/properties/product/oneOf/0/description")
                        .asText())
                .isEqualTo("30 ml, ground for 7.0 s");
    }
}
