package io.crema.edge.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domains;
import io.crema.contracts.typed.Placement;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Provisioning;
import io.crema.edge.folder.MachineFolder;
import io.crema.edge.provision.MachineInit;
import io.crema.edge.provision.ProvisionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts a machine that is thrown away afterwards, and ends: what the Java virtual machine learns by it makes the next
 * starts quick. It is told the papers of a rental that never was, and reaches nobody.
 */
final class Rehearsal {
    private static final String SERIAL = "REHEARSAL";
    private static final String PRODUCT = "Espresso";
    private static final long FOREVER = 4_102_444_800L; // the year 2100

    private Rehearsal() {}

    static int run() {
        try {
            var folder = Files.createTempDirectory("crema-edge");
            try {
                play(folder);
            } finally {
                remove(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new ProvisionException("the rehearsal failed: " + e.getMessage(), e);
        }
    }

    private static void play(Path folder) throws IOException {
        var manufacturer = SigningKey.generate(new SecureRandom());
        var settings = new ObjectMapper().createObjectNode();
        settings.putObject("body")
                .put("adapter", "simulated")
                .putArray("products")
                .addObject()
                .put("name", PRODUCT);
        settings.putObject("kafka").put("bootstrapServers", "127.0.0.1:9");
        settings.putObject("health").put("port", 0);
        var code = MachineInit.init(folder, SERIAL, manufacturer.address(), folder.resolve("secret"), settings);
        new MachineFolder(folder).write(papers(manufacturer, code.machineKey()));
        var config = MachineConfig.read(folder);
        try (var machine = new MachineRun(config, Map.of());
                var page = new HealthPage(machine, 0)) {
            machine.start();
            page.start();
            machine.presses().press(ProductId.named(PRODUCT));
            for (var path : List.of("/health", "/metrics", "/")) {
                ask(page.port(), path);
            }
        }
    }

    private static Provisioning papers(SigningKey manufacturer, Address machineKey) {
        var customer = SigningKey.generate(new SecureRandom());
        var domains = Domains.of(1, manufacturer.address(), manufacturer.address(), manufacturer.address());
        var machine = MachineId.of(manufacturer.address(), SERIAL);
        var channel = ChannelId.of(customer.address(), manufacturer.address(), 1);
        var placement = new Placement(channel, machine, machineKey, manufacturer.address(), 6, FOREVER);
        var prices = new TreeMap<>(Map.of(ProductId.named(PRODUCT), Amount.of(1_500_000)));
        var tariff = new Tariff(machine, 1, 0, new TariffItems(prices).root());
        return new Provisioning(
                machine,
                SERIAL,
                domains,
                customer.address(),
                manufacturer.address(),
                1,
                manufacturer.address(),
                6,
                Amount.of(1_000_000_000),
                10_080,
                TypedData.sign(placement, domains.payment(), customer),
                List.of(new Provisioning.PricedTariff(TypedData.sign(tariff, domains.payment(), manufacturer), prices)),
                Map.of(ProductId.named(PRODUCT), PRODUCT),
                0,
                Address.ZERO);
    }

    private static void ask(int port, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
