package io.crema.edge.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a JSON object; what is wrong is added to a list of faults rather than thrown. */
public final class JsonFields {
    private final JsonNode json;
    private final String path;
    private final List<String> faults;
    private final Set<String> known = new TreeSet<>();

    public JsonFields(JsonNode json, String path, List<String> faults) {
        this.json = json;
        this.path = path;
        this.faults = faults;
        if (!json.isObject()) {
            faults.add("%s is %s, expected an object".formatted(path.isEmpty() ? "the body" : path, shown(json)));
        }
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public void fault(String name, String expected) {
        faults.add("%s is %s, expected %s".formatted(at(name), shown(get(name)), expected));
    }

    public JsonNode get(String name) {
        known.add(name);
        return json.path(name);
    }

    public boolean has(String name) {
        var node = get(name);
        return !node.isMissingNode() && !node.isNull();
    }

    public String text(String name, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        var node = get(name);
        if (!node.isTextual() || node.textValue().isBlank()) {
            fault(name, "a text");
            return otherwise;
        }
        return node.textValue();
    }

    public double number(String name, double least, double most, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        var node = get(name);
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            fault(name, "a number from %s to %s".formatted(plain(least), plain(most)));
            return otherwise;
        }
        return node.doubleValue();
    }

    public int whole(String name, int least, int most, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        var node = get(name);
        if (!node.canConvertToExactIntegral() || node.asLong() < least || node.asLong() > most) {
            fault(name, "a whole number from %d to %d".formatted(least, most));
            return otherwise;
        }
        return node.asInt();
    }

    public Duration seconds(String name, double least, double most, Duration otherwise) {
        return Duration.ofMillis(Math.round(1000 * number(name, least, most, otherwise.toMillis() / 1000.0)));
    }

    public Optional<JsonFields> object(String name) {
        return has(name) ? Optional.of(new JsonFields(get(name), at(name), faults)) : Optional.empty();
    }

    /** The objects of an array; empty when it is missing. */
    List<JsonFields> objects(String name) {
        if (!has(name)) {
            return List.of();
        }
        var node = get(name);
        if (!node.isArray()) {
            fault(name, "an array");
            return List.of();
        }
        var found = new java.util.ArrayList<JsonFields>();
        for (var i = 0; i < node.size(); i++) {
            found.add(new JsonFields(node.get(i), "%s[%d]".formatted(at(name), i), faults));
        }
        return found;
    }

    /** A misspelt field would silently be a default. */
    public void nothingElse() {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.add("%s is unknown; expected one of %s".formatted(at(name), String.join(", ", known)));
            }
        });
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String shown(JsonNode node) {
        var text = node.toString();
        return node.isMissingNode() ? "missing" : text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
