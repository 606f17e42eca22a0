package io.crema.contracts.vectors;

import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.DowntimeId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.OrderId;
import io.crema.contracts.value.ProductId;
import io.crema.contracts.value.RequestId;
import io.crema.contracts.value.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every id that is hashed from what it names, as the vectors list it. */
final class Identifiers {
    private Identifiers() {}

    static List<Map<String, Object>> channels() {
        List<Map<String, Object>> out = new ArrayList<>();
        for (var index : List.of("0", "1", "7", "9223372036854775807", "18446744073709551615")) {
            var id = ChannelId.of(Samples.CUSTOMER, Samples.MANUFACTURER, Long.parseUnsignedLong(index));
            out.add(Map.of(
                    "customer", Samples.CUSTOMER.hex(),
                    "payee", Samples.MANUFACTURER.hex(),
                    "index", index,
                    "id", id.toString()));
        }
        return out;
    }

    static List<Map<String, Object>> machines() {
        List<Map<String, Object>> out = new ArrayList<>();
        var serials = List.of("", "CM-1", "CM-0000000001", "exactly 32 bytes of serial number", "Kaffeemühle Nº 7 ☕");
        for (var serial : serials) {
            out.add(Map.of(
                    "manufacturer", Samples.MANUFACTURER.hex(),
                    "serial", serial,
                    "id", MachineId.of(Samples.MANUFACTURER, serial).toString()));
        }
        return out;
    }

    static List<Map<String, Object>> products() {
        List<Map<String, Object>> out = new ArrayList<>();
        for (var name : List.of("", "Espresso", "Latte", "Café crème")) {
            out.add(Map.of("name", name, "id", ProductId.named(name).toString()));
        }
        return out;
    }

    static List<Map<String, Object>> requests() {
        List<Map<String, Object>> out = new ArrayList<>();
        for (var fault : List.of(Hash.ZERO, TypedData.keccak("boiler too hot"))) {
            out.add(Map.of(
                    "machine", Samples.MACHINE.toString(),
                    "fault", fault.hex(),
                    "id", RequestId.of(Samples.MACHINE, fault).toString()));
        }
        return out;
    }

    static List<Map<String, Object>> orders() {
        var agreement = Samples.domain("supply").digest(SampleAgreements.SUPPLY);
        List<Map<String, Object>> out = new ArrayList<>();
        for (var salt : List.of(Hash.ZERO, TypedData.keccak("first order"))) {
            out.add(Map.of(
                    "agreement", agreement.hex(),
                    "salt", salt.hex(),
                    "id", OrderId.of(agreement, salt).toString()));
        }
        return out;
    }

    static List<Map<String, Object>> shipments() {
        var order =
                OrderId.of(Samples.domain("supply").digest(SampleAgreements.SUPPLY), TypedData.keccak("first order"));
        List<Map<String, Object>> out = new ArrayList<>();
        for (var number : List.of(0L, 1L, 0xffffffffL)) {
            out.add(Map.of(
                    "order", order.toString(),
                    "number", Long.toString(number),
                    "id", ShipmentId.of(order, number).toString()));
        }
        return out;
    }

    static List<Map<String, Object>> downtimes() {
        var rental = TypedData.keccak("rental");
        List<Map<String, Object>> out = new ArrayList<>();
        for (var until : List.of(1L, 1_790_003_600L, (1L << 40) - 1)) {
            var from = until - until / 1_000;
            out.add(Map.of(
                    "rental", rental.hex(),
                    "from", Long.toString(from),
                    "until", Long.toString(until),
                    "id", DowntimeId.of(rental, from, until).toString()));
        }
        return out;
    }
}
