package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Signature;
import io.crema.schemas.convert.Convert;
import java.io.IOException;
import java.util.function.Function;

/** The fields of a JSON object; what is missing or wrong is a {@link Problem} that names it. */
record Fields(JsonNode node) {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int SHOWN = 80;

    static Fields of(byte[] body) {
        try {
            var node = JSON.readTree(body);
            if (node == null || !node.isObject()) {
                throw Problem.wrong("the body is no JSON object");
            }
            return new Fields(node);
        } catch (JsonProcessingException e) {
            throw Problem.wrong("the body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Problem.wrong("the body cannot be read: " + e.getMessage());
        }
    }

    Address address(String name) {
        return parsed(name, Address::fromHex);
    }

    Hash hash(String name) {
        return parsed(name, Hash::fromHex);
    }

    Signature signature() {
        return parsed("signature", Signature::fromHex);
    }

    <T> T parsed(String name, Function<String, T> parser) {
        try {
            return parser.apply(text(name));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.wrong("%s: %s".formatted(name, e.getMessage()));
        }
    }

    String text(String name) {
        var value = node.path(name);
        if (!value.isTextual()) {
            throw Problem.wrong("%s is %s, expected a text".formatted(name, shown(value)));
        }
        return value.textValue();
    }

    long number(String name, long most) {
        var value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw Problem.wrong("%s is %s, expected a whole number from 0 to %d".formatted(name, shown(value), most));
        }
        return value.longValue();
    }

    /** Whole seconds since 1970 that the log can hold. */
    long seconds(String name) {
        return number(name, Convert.LAST_SECOND);
    }

    JsonNode object(String name, int most) {
        var value = node.path(name);
        if (!value.isObject() || value.size() > most) {
            throw Problem.wrong("%s has to be an object with at most %d fields".formatted(name, most));
        }
        return value;
    }

    JsonNode array(String name, int most) {
        var value = node.path(name);
        if (!value.isArray() || value.size() > most) {
            throw Problem.wrong("%s has to be an array with at most %d entries".formatted(name, most));
        }
        return value;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        var text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
