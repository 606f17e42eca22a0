package io.crema.projections.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.projections.fold.FoldState;
import io.crema.projections.read.ChainContracts;
import io.crema.projections.read.Channels;
import io.crema.projections.read.Customers;
import io.crema.projections.read.Directory;
import io.crema.projections.read.Health;
import io.crema.projections.read.Machines;
import io.crema.projections.read.Overview;
import io.crema.projections.read.Problems;
import io.crema.projections.read.Quarantine;
import io.crema.projections.read.Redemptions;
import io.crema.projections.read.Row;
import io.crema.projections.read.Sales;
import io.crema.projections.read.Services;
import io.crema.projections.read.Transactions;
import io.crema.projections.store.Database;
import io.crema.projections.store.Position;
import io.crema.projections.store.Positions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reads of the API, as openapi.yaml describes them. Thread-safe. */
final class Api {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final List<String> STATES = List.of("serving", "ready", "faulty", "silent", "unknown");
    private static final List<String> STATUSES = List.of("pending", "confirmed", "failed");

    private final Database database;
    private final Supplier<FoldState> fold;
    private final Changed changed;
    private final InstantSource clock;
    private final ObjectMapper json;
    private final Directory names;
    private final ChainContracts contracts;
    private final Problems problems;

    /** What answers a request, in one read-only transaction; null = not found. */
    @FunctionalInterface
    private interface Read {
        @Nullable
        Row answer(Connection connection, Context context) throws SQLException;
    }

    Api(
            Database database,
            Supplier<FoldState> fold,
            Changed changed,
            InstantSource clock,
            ObjectMapper json,
            Directory names,
            ChainContracts contracts) {
        this.database = database;
        this.fold = fold;
        this.changed = changed;
        this.clock = clock;
        this.json = json;
        this.names = names;
        this.contracts = contracts;
        this.problems = new Problems(names);
    }

    void addTo(RoutesConfig routes) {
        var overview = new Overview(names, problems);
        var machines = new Machines(names);
        var channels = new Channels(names);
        var customers = new Customers(names);
        var redemptions = new Redemptions(names);
        var transactions = new Transactions(names);
        var services = new Services(names);
        var sales = new Sales(names);
        routes.get("/api/health", this::health);
        routes.get("/api/contracts", this::contracts);
        routes.get("/api/contracts/{name}/abi", this::abi);
        get(routes, "/api/overview", (c, x) -> overview.read(c, now()));
        get(
                routes,
                "/api/machines",
                (c, x) -> machines.list(c, now(), Parameters.oneOf(x, "state", STATES), Parameters.page(x))
                        .row());
        get(
                routes,
                "/api/machines/{id}",
                (c, x) -> machines.detail(c, now(), Parameters.id(x)).orElse(null));
        get(
                routes,
                "/api/machines/{id}/hours",
                (c, x) -> machines.some(c, now(), new byte[][] {Parameters.id(x)})
                                .isEmpty()
                        ? null
                        : machines.hours(c, Parameters.id(x), Parameters.time(x, "from"), Parameters.time(x, "to")));
        get(
                routes,
                "/api/channels",
                (c, x) -> channels.list(c, Parameters.address(x, "customer"), Parameters.page(x))
                        .row());
        get(
                routes,
                "/api/channels/{id}",
                (c, x) -> channels.detail(c, Parameters.id(x)).orElse(null));
        get(
                routes,
                "/api/customers",
                (c, x) -> customers.list(c, now(), Parameters.page(x)).row());
        get(
                routes,
                "/api/customers/{address}/days",
                (c, x) -> customers
                        .days(c, Parameters.address(x), Parameters.day(x, "from"), Parameters.day(x, "to"))
                        .orElse(null));
        get(
                routes,
                "/api/redemptions",
                (c, x) -> redemptions
                        .list(
                                c,
                                Parameters.id(x, "channel"),
                                Parameters.oneOf(x, "status", STATUSES),
                                Parameters.page(x))
                        .row());
        get(
                routes,
                "/api/transactions",
                (c, x) -> transactions
                        .list(c, Parameters.flag(x, "pending"), Parameters.page(x))
                        .row());
        get(
                routes,
                "/api/services",
                (c, x) -> services.list(c, Parameters.id(x, "machine"), Parameters.page(x))
                        .row());
        get(
                routes,
                "/api/quarantine",
                (c, x) -> Quarantine.list(c, Parameters.page(x)).row());
        get(
                routes,
                "/api/sales",
                (c, x) -> sales.list(c, Parameters.id(x, "machine"), Parameters.id(x, "channel"), Parameters.page(x))
                        .row());
        get(routes, "/api/problems", (c, x) -> {
            var found = problems.list(c, now());
            return Row.with("items", found, "sentence", Problems.summary(found));
        });
    }

    private void get(RoutesConfig routes, String path, Read read) {
        routes.get(path, context -> {
            var after = Parameters.after(context);
            if (after.isPresent()) {
                await(after.get());
            }
            var answered = database.read(connection ->
                    new Answered(Positions.read(connection), Optional.ofNullable(read.answer(connection, context))));
            var row = answered.row()
                    .orElseThrow(() -> ApiException.notFound(
                            path.split("/", -1)[2].replaceAll("s$", ""),
                            String.join(", ", context.pathParamMap().values())));
            answer(context, answered.position(), row);
        });
    }

    private record Answered(Position position, Optional<Row> row) {}

    private void health(Context context) throws SQLException {
        Row answer;
        try {
            answer = database.read(connection -> Health.read(connection, fold.get(), now()));
        } catch (SQLException e) {
            answer = Health.read(null, fold.get(), now());
        }
        answer(context, fold.get().position(), answer);
    }

    private void contracts(Context context) throws SQLException {
        var known = contracts
                .read()
                .orElseThrow(
                        () -> ApiException.unavailable(
                                "this service was not told where the contracts are",
                                "Set CREMA_CONTRACTS to the contracts.json that 'crema contracts deploy' or 'crema setup' writes."));
        answer(context, fold.get().position(), known);
    }

    private void abi(Context context) {
        var name = context.pathParam("name");
        var abi = contracts.abi(name).orElseThrow(() -> ApiException.notFound("ABI of a contract called", name));
        context.header("Cache-Control", "no-store");
        context.contentType("application/json");
        context.result(abi);
    }

    /** Waits until the tables have reached the position. */
    private void await(Position wanted) throws SQLException, InterruptedException {
        var deadline = now().plus(LONGEST_WAIT);
        while (true) {
            var count = changed.count();
            var reached = database.read(Positions::read);
            if (reached.reaches(wanted)) {
                return;
            }
            if (now().isAfter(deadline)) {
                throw ApiException.unavailable(
                        "the read models are at %s and did not reach %s within 2 s"
                                .formatted(reached.encode(), wanted.encode()),
                        "Ask again, or without after= for what is there now; /api/health tells how far they lag.");
            }
            changed.await(count, Duration.ofMillis(50));
        }
    }

    private void answer(Context context, Position position, Row answer) throws SQLException {
        context.header("Crema-Position", position.encode());
        context.header("Cache-Control", "no-store");
        context.contentType("application/json");
        try {
            context.result(json.writeValueAsBytes(answer));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("the answer is no JSON", e);
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
