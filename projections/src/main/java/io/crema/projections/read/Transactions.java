package io.crema.projections.read;

import io.crema.projections.read.Page.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Settlement's transactions as the API shows them: one item per nonce, in its most telling version. */
public final class Transactions {
    private static final String LIST = """
            SELECT account AS "account", nonce AS "nonce", version AS "version", versions AS "versions", kind AS "kind",
                stage AS "stage", pending AS "pending", hash AS "hash", recipient AS "to",
                cardinality(intents) AS "intents", subjects AS "subjects", succeeded AS "succeeded",
                gas_used AS "gasUsed", gas_limit AS "gasLimit", effective_gas_price AS "effectiveGasPrice",
                max_fee_per_gas AS "maxFeePerGas", gas_used * effective_gas_price AS "feeWei",
                block_number AS "blockNumber", nonce_first_at AS "firstAt", updated_at AS "updatedAt", reason AS "reason"
            FROM transaction_now
            """;
    private static final Order NEWEST =
            Order.descending("firstAt", "timestamptz", "account", "bytea", "nonce", "bigint");

    private final Directory names;

    public Transactions(Directory names) {
        this.names = names;
    }

    public Page list(Connection connection, Optional<Boolean> pending, Page.Request request) throws SQLException {
        var page = Page.read(
                connection,
                LIST + " WHERE pending = coalesce(?::boolean, pending)",
                NEWEST,
                request,
                pending.orElse(null));
        page.items().forEach(row -> row.put("to", names.party(row.textOrNull("to"))));
        return page;
    }
}
