package io.crema.projections.read;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.crema.contracts.value.Hex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A row as the API shows it: column names are the JSON's names; ids are hexadecimal, numerics decimal strings, times
 * ISO-8601. Mutable while an answer is put together, by one thread.
 */
public final class Row extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    /** JSON as the database holds it. */
    private record Raw(@JsonValue @JsonRawValue String json) {}

    static Row of(ResultSet rows) throws SQLException {
        var meta = rows.getMetaData();
        var row = new Row();
        for (var i = 1; i <= meta.getColumnCount(); i++) {
            row.put(meta.getColumnLabel(i), cell(rows, i, meta.getColumnTypeName(i)));
        }
        return row;
    }

    /** A row of one's own making: name, value, name, value. */
    public static Row with(@Nullable Object... namesAndValues) {
        var row = new Row();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    public Row and(String name, @Nullable Object value) {
        put(name, value);
        return this;
    }

    /** @throws IllegalStateException when the column is missing or null */
    public String text(String column) {
        var value = get(column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value.toString();
    }

    public @Nullable String textOrNull(String column) {
        var value = get(column);
        return value == null ? null : value.toString();
    }

    public long number(String column) {
        return get(column) instanceof Number number ? number.longValue() : Long.parseLong(text(column));
    }

    public BigInteger amount(String column) {
        return new BigInteger(text(column));
    }

    public boolean flag(String column) {
        return get(column) instanceof Boolean flag && flag;
    }

    public @Nullable Instant time(String column) {
        var text = textOrNull(column);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Object cell(ResultSet rows, int column, String type) throws SQLException {
        return switch (type) {
            case "bytea" -> hex(rows.getBytes(column));
            case "numeric" -> decimal(rows.getBigDecimal(column));
            case "timestamptz" -> time(rows.getObject(column, OffsetDateTime.class));
            case "date" -> rows.getString(column);
            case "jsonb" -> rows.getString(column) instanceof String json ? new Raw(json) : null;
            case "_bytea", "_text" -> list(rows.getArray(column));
            default -> rows.getObject(column);
        };
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : Hex.encode(bytes);
    }

    private static @Nullable String decimal(@Nullable BigDecimal value) {
        return value == null ? null : value.toBigInteger().toString();
    }

    private static @Nullable String time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toString();
    }

    private static @Nullable Object list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        var list = new ArrayList<Object>();
        for (var item : (Object[]) array.getArray()) {
            list.add(item instanceof byte[] bytes ? Hex.encode(bytes) : item);
        }
        return list;
    }
}
