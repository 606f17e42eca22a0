package io.crema.edge.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.value.Address;
import io.crema.edge.body.BodyConfig;
import io.crema.edge.provision.ClaimCode;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code init}: makes a machine, and prints the code by which it is claimed. */
final class InitCommand {
    static final List<String> OPTIONS = List.of(
            "serial",
            "manufacturer",
            "former-key",
            "data-dir",
            "secret-file",
            "contracts",
            "body",
            "reader",
            "kafka",
            "kafka-authorities",
            "gateway",
            "gateway-servers",
            "health-port",
            "chain-rpc");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> VARIABLES = Map.of(
            "chainId", "CREMA_CHAIN_ID",
            "paymentProvider", "CREMA_PAYMENT_PROVIDER",
            "rentalProvider", "CREMA_RENTAL_PROVIDER",
            "maintenanceProvider", "CREMA_MAINTENANCE_PROVIDER");

    private InitCommand() {}

    static int run(Arguments arguments, PrintWriter out) {
        var dataDir = Path.of(arguments.get("data-dir"));
        var secret = arguments.find("secret-file").map(Path::of).orElse(dataDir.resolve("secret"));
        var code = MachineInit.init(
                dataDir,
                arguments.get("serial"),
                Address.fromHex(arguments.get("manufacturer")),
                secret,
                settings(arguments));
        print(code, out);
        if (arguments.find("chain-rpc").isPresent()) {
            out.printf("%naccount      %s (fund it with what gas may cost)%n", MachineInit.account(dataDir, secret));
        }
        if (secret.toAbsolutePath().startsWith(dataDir.toAbsolutePath())) {
            out.printf(
                    "%nThe keys are encrypted, but their secret %s lies beside them: whoever copies this card has both.%n"
                            + "Move it to where the card's image does not reach (docs/edge.md), and name it in edge.json.%n",
                    secret);
        }
        return 0;
    }

    static void print(ClaimCode code, PrintWriter out) {
        out.printf("serial       %s%n", code.serial());
        out.printf("machine      %s%n", code.machine());
        out.printf("machine key  %s%n", code.machineKey());
        out.printf("certificate  %s%n", code.certificate());
        out.printf("%nclaim code   %s%n", code.text());
    }

    private static ObjectNode settings(Arguments arguments) {
        var root = JSON.createObjectNode();
        arguments
                .find("former-key")
                .ifPresent(key ->
                        root.putArray("formerKeys").add(Address.fromHex(key).hex()));
        arguments.find("contracts").ifPresent(file -> root.set("contracts", contracts(Path.of(file))));
        arguments.find("reader").ifPresent(name -> root.putObject("reader").put("name", name));
        root.set("body", body(arguments.find("body").orElse("simulated")));
        arguments.find("kafka").ifPresent(servers -> {
            var kafka = root.putObject("kafka").put("bootstrapServers", servers);
            arguments
                    .find("kafka-authorities")
                    .ifPresent(file -> kafka.put("security", "mtls")
                            .put("certificate", MachineInit.CERTIFICATE)
                            .put("key", MachineInit.CERTIFICATE_KEY)
                            .put("authorities", Path.of(file).toAbsolutePath().toString()));
        });
        arguments
                .find("gateway")
                .ifPresent(address -> root.putObject("gateway")
                        .put("address", address)
                        .put("certificate", MachineInit.CERTIFICATE)
                        .put("key", MachineInit.CERTIFICATE_KEY)
                        .put(
                                "servers",
                                Path.of(arguments.get("gateway-servers"))
                                        .toAbsolutePath()
                                        .toString()));
        arguments.find("chain-rpc").ifPresent(url -> root.putObject("chain").put("rpcUrl", url));
        arguments.find("health-port").ifPresent(port -> root.putObject("health").put("port", number(port)));
        return root;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new Arguments.UsageException("--health-port is '%s', expected a port".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static JsonNode body(String given) {
        if (given.equals("simulated")) {
            var body = JSON.createObjectNode().put("adapter", "simulated");
            body.putArray("products").addObject().put("name", "Espresso");
            return body;
        }
        try {
            var body = JSON.readTree(text(Path.of(given)));
            BodyConfig.parse(body);
            return body;
        } catch (IOException | IllegalArgumentException e) {
            throw new ProvisionException("%s: %s".formatted(given, e.getMessage()), e);
        }
    }

    /** From what {@code crema contracts deploy} writes: contracts.json or contracts.env. */
    private static ObjectNode contracts(Path file) {
        var text = text(file);
        var values = new TreeMap<String, String>();
        try {
            if (text.stripLeading().startsWith("{")) {
                var json = JSON.readTree(text);
                VARIABLES
                        .keySet()
                        .forEach(name -> values.put(name, json.path(name).asText()));
            } else {
                VARIABLES.forEach((name, variable) -> text.lines()
                        .filter(line -> line.startsWith(variable + "="))
                        .forEach(line -> values.put(
                                name, line.substring(variable.length() + 1).strip())));
            }
            var node = JSON.createObjectNode();
            node.put("chainId", Long.parseLong(values.getOrDefault("chainId", "")));
            values.remove("chainId");
            VARIABLES.keySet().stream()
                    .filter(name -> !name.equals("chainId"))
                    .sorted()
                    .forEach(name -> node.put(
                            name,
                            Address.fromHex(values.getOrDefault(name, "missing"))
                                    .hex()));
            return node;
        } catch (IOException | IllegalArgumentException e) {
            throw new ProvisionException(
                    "%s does not say where the contracts are (%s); give contracts.json or contracts.env as 'crema contracts deploy' writes them"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProvisionException("%s cannot be read: %s".formatted(file, e), e);
        }
    }
}
