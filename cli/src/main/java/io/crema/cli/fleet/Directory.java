package io.crema.cli.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.crema.contracts.value.ProductId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes the names that the console shows; the log and the chain hold ids only. Employees are never named. */
public final class Directory {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Directory() {}

    public static void write(Path file, Rentals rentals, Map<ProductId, String> products) throws IOException {
        var root = JSON.createObjectNode();
        var machines = root.putObject("machines");
        var rented = rentals.machines();
        for (var i = 0; i < rented.size(); i++) {
            var company = rentals.customers().indexOf(rented.get(i).customer());
            machines.putObject(rented.get(i).machine().toString())
                    .put("serial", rented.get(i).serial())
                    .put("site", Company.site(company, i / rentals.customers().size()))
                    .put("model", "Crema One");
        }
        var accounts = root.putObject("accounts");
        accounts.put(
                rentals.manufacturer().address().hex(), rentals.manufacturer().name());
        rentals.customers().forEach(customer -> accounts.put(customer.address().hex(), customer.name()));
        var names = root.putObject("products");
        products.forEach((id, name) -> names.put(id.toString(), name));
        root.putObject("token").put("symbol", "CREMA").put("decimals", Provisioner.DECIMALS);
        var draft = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(draft.toFile(), root);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
