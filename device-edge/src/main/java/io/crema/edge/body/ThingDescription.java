package io.crema.edge.body;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * A machine in the words of the W3C Web of Things (Thing Description 1.1), made of the same settings that move it, so
 * that the two cannot differ. A machine that pours only against a receipt offers nothing to invoke over the network: the
 * action pour says what can be poured and where, by a tap (docs/protocol.md), not by a request.
 */
public final class ThingDescription {
    /** By a phone, at the machine: docs/protocol.md. */
    private static final String TAP = "urn:crema:tap:1";
    /** In the signed batches of the topic edge.telemetry.events.v1: docs/asyncapi.json. */
    private static final String TELEMETRY = "urn:crema:telemetry:1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ThingDescription() {}

    /** A type of machine: a Thing Model, which names no address. */
    public static ObjectNode of(MachineType type) {
        var thing = NODES.objectNode();
        context(thing);
        thing.put("@type", "tm:ThingModel");
        thing.put("title", type.manufacturer() + " " + type.model());
        thing.set("properties", properties(type, ""));
        thing.set("actions", actions(type, ""));
        thing.set("events", events(type, ""));
        return thing;
    }

    /**
     * One machine: a Thing Description.
     *
     * @param serial its serial number
     * @param base where its health page is, with a slash at the end; readings are at {@code readings/} below
     */
    public static ObjectNode of(MachineType type, String serial, URI base) {
        var thing = NODES.objectNode();
        context(thing);
        thing.put("@type", "Thing");
        thing.put("id", "urn:crema:machine:" + serial);
        thing.put("title", type.manufacturer() + " " + type.model());
        thing.put("base", base.toString());
        thing.putObject("securityDefinitions").putObject("loopback").put("scheme", "nosec");
        thing.put("security", "loopback");
        thing.set("properties", properties(type, "readings/"));
        thing.set("actions", actions(type, TAP));
        thing.set("events", events(type, TELEMETRY));
        return thing;
    }

    private static void context(ObjectNode thing) {
        thing.putArray("@context")
                .add("https://www.w3.org/2022/wot/td/v1.1")
                .addObject()
                .put("opc", "http://opcfoundation.org/UA/CommercialKitchenEquipment/")
                .put("homeconnect", "https://api-docs.home-connect.com/events#");
    }

    private static ObjectNode properties(MachineType type, String path) {
        var properties = NODES.objectNode();
        type.quantities().stream().sorted().forEach(quantity -> {
            var property = properties.putObject(quantity.word());
            quantity.opcName().ifPresent(name -> property.put("@type", "opc:" + name));
            property.put("type", "number");
            property.put("unit", quantity.unit());
            property.put("minimum", quantity.least());
            property.put("maximum", quantity.most());
            property.put("readOnly", true);
            form(property, path.isEmpty() ? "" : path + quantity.word(), "readproperty");
        });
        return properties;
    }

    private static ObjectNode actions(MachineType type, String path) {
        var actions = NODES.objectNode();
        var pour = actions.putObject("pour");
        pour.put("description", "Pours one product, after its receipt was signed by a phone held to the machine.");
        pour.put("safe", false);
        pour.put("idempotent", true);
        var input = pour.putObject("input");
        input.put("type", "object");
        input.putArray("required").add("product").add("job");
        var fields = input.putObject("properties");
        var products = fields.putObject("product").put("type", "string").putArray("oneOf");
        for (var product : type.products()) {
            var choice = products.addObject()
                    .put("const", product.id().value().hex())
                    .put("title", product.name());
            product.recipe()
                    .ifPresent(recipe -> choice.put(
                            "description",
                            "%d ml, ground for %.1f s"
                                    .formatted(
                                            recipe.millilitres(), recipe.grind().toMillis() / 1000.0)));
        }
        fields.putObject("job")
                .put("type", "string")
                .put("description", "the receipt's digest")
                .put("pattern", "^0x[0-9a-f]{64}$");
        form(pour, path, "invokeaction");
        return actions;
    }

    private static ObjectNode events(MachineType type, String path) {
        var events = NODES.objectNode();
        type.events().stream().sorted().forEach(kind -> {
            var event = events.putObject(kind.word());
            event.put("@type", "homeconnect:" + kind.key());
            var data = event.putObject("data").put("type", "string");
            if (!kind.details().isEmpty()) {
                var values = data.putArray("enum");
                kind.details().forEach(values::add);
            }
            form(event, path, "subscribeevent");
        });
        return events;
    }

    /** A Thing Model has no forms. */
    private static void form(ObjectNode affordance, String href, String operation) {
        if (!href.isEmpty()) {
            affordance.putArray("forms").addObject().put("href", href).put("op", operation);
        }
    }
}
