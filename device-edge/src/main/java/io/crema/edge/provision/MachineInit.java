package io.crema.edge.provision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.edge.folder.OwnerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Makes a machine in a data directory: secret, key, certificate, and the settings, which come last, so that a directory
 * with settings is whole. An init that was cut short goes on where it was.
 */
public final class MachineInit {
    public static final String SETTINGS = "edge.json";
    public static final String KEY = "machine-key.json";
    public static final String ACCOUNT = "account-key.json";
    public static final String CERTIFICATE = "tls-certificate.pem";
    public static final String CERTIFICATE_KEY = "tls-key.pem";

    private static final ObjectMapper JSON = new ObjectMapper();

    private MachineInit() {}

    /**
     * Makes what is not there yet.
     *
     * @param secretFile read if it exists, else made
     * @param settings the machine's {@code edge.json} without serial, manufacturer and keys
     * @return the code by which the manufacturer claims the machine
     * @throws ProvisionException when the directory holds another machine, or cannot be written
     */
    public static ClaimCode init(
            Path dataDir, String serial, Address manufacturer, Path secretFile, ObjectNode settings) {
        var random = new SecureRandom();
        var file = dataDir.resolve(SETTINGS);
        try {
            Files.createDirectories(dataDir);
            if (secretFile.toAbsolutePath().getParent() instanceof Path folder) {
                Files.createDirectories(folder);
            }
            if (Files.exists(file)) {
                return again(dataDir, serial, manufacturer);
            }
            var secret = Secret.generate(secretFile, random);
            if (!Files.exists(dataDir.resolve(KEY))) {
                KeyFile.create(dataDir.resolve(KEY), SigningKey.generate(random), secret, random);
            }
            var key = KeyFile.open(dataDir.resolve(KEY), secret);
            if (!Files.exists(dataDir.resolve(CERTIFICATE))) {
                ClientCertificate.create(
                        dataDir.resolve(CERTIFICATE), dataDir.resolve(CERTIFICATE_KEY), serial, secret, random);
            }
            var code = new ClaimCode(
                    serial, manufacturer, key.address(), ClientCertificate.fingerprint(dataDir.resolve(CERTIFICATE)));
            var root = JSON.createObjectNode();
            root.put("serial", serial).put("manufacturer", manufacturer.hex());
            root.put("secretFile", secretFile.toAbsolutePath().toString());
            root.setAll(settings);
            OwnerFile.write(file, root.toPrettyString() + "\n");
            return code;
        } catch (IOException | UncheckedIOException e) {
            throw new ProvisionException("the machine cannot be made in %s: %s".formatted(dataDir, e.getMessage()), e);
        }
    }

    /** Makes the account from which the machine acts on chain, if it is not there yet; returns its address. */
    public static Address account(Path dataDir, Path secretFile) {
        var file = dataDir.resolve(ACCOUNT);
        if (!Files.exists(file)) {
            var random = new SecureRandom();
            KeyFile.create(file, SigningKey.generate(random), Secret.read(secretFile), random);
        }
        return KeyFile.address(file);
    }

    /** The code of a machine that was made before. */
    public static ClaimCode code(Path dataDir) {
        try {
            var settings = JSON.readTree(Files.readString(dataDir.resolve(SETTINGS)));
            return new ClaimCode(
                    settings.path("serial").asText(),
                    Address.fromHex(settings.path("manufacturer").asText()),
                    KeyFile.address(dataDir.resolve(KEY)),
                    ClientCertificate.fingerprint(dataDir.resolve(CERTIFICATE)));
        } catch (IOException e) {
            throw new ProvisionException(
                    "%s holds no machine (%s); make one with: crema edge init".formatted(dataDir, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ProvisionException(dataDir.resolve(SETTINGS) + ": " + e.getMessage(), e);
        }
    }

    private static ClaimCode again(Path dataDir, String serial, Address manufacturer) {
        var code = code(dataDir);
        if (!code.serial().equals(serial) || !code.manufacturer().equals(manufacturer)) {
            throw new ProvisionException("%s holds machine %s of %s already; give another --data-dir"
                    .formatted(dataDir, code.serial(), code.manufacturer().hex()));
        }
        return code;
    }
}
