package io.crema.projections.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.projections.read.Row;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as problem JSON (RFC 9457). */
final class Errors {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    private final ObjectMapper json;

    Errors(ObjectMapper json) {
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(
                ApiException.class,
                (e, context) ->
                        answer(context, e.status(), e.title(), String.valueOf(e.getMessage()), e.remedy(), e.value()));
        routes.exception(
                IllegalArgumentException.class,
                (e, context) -> answer(
                        context,
                        400,
                        "A value in the request is wrong",
                        String.valueOf(e.getMessage()),
                        "Leave the value out, or take one that this API gave.",
                        context.queryString()));
        routes.exception(SQLException.class, (e, context) -> sql(e, context));
        routes.exception(Exception.class, (e, context) -> {
            log.error("request failed path={}", context.path(), e);
            answer(
                    context,
                    500,
                    "This is our fault",
                    "the answer to %s could not be made".formatted(context.path()),
                    "Look into the service's log.",
                    null);
        });
    }

    /** Class 22 of the SQL states is about values, and the only values are the request's. */
    private void sql(SQLException e, Context context) {
        if (String.valueOf(e.getSQLState()).startsWith("22")) {
            answer(
                    context,
                    400,
                    "A value in the request is wrong",
                    "cursor is not one that this list gave",
                    "Leave the cursor out to begin at the first page.",
                    context.queryParam("cursor"));
        } else {
            log.warn("read models cannot be read path={}: {}", context.path(), e.getMessage());
            context.header("Retry-After", "1");
            answer(
                    context,
                    503,
                    "Cannot answer now",
                    "the database does not answer",
                    "Ask again in a moment; /api/health tells more.",
                    null);
        }
    }

    void answer(Context context, int status, String title, String detail, String remedy, @Nullable String value) {
        if (context.res().isCommitted()) {
            return;
        }
        context.status(status);
        context.contentType("application/problem+json");
        try {
            context.result(json.writeValueAsBytes(Row.with(
                    "type", "about:blank",
                    "title", title,
                    "status", status,
                    "detail", detail,
                    "remedy", remedy,
                    "value", value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
