package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.value.Amount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.codehaus.mojo.animal_sniffer.ClassListBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the Android app and looks into what came out: signature, manifest, and the wallet that runs from its dex. */
@Tag("long")
final class ApkIT {
    private static final String MIN_API = "34";
    private static final Path ANDROID = Path.of("android").toAbsolutePath();
    private static final Path OUT = Path.of("target", "android").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static Path apk = OUT.resolve("crema-phone.apk");
    private static Path jar = OUT.resolve("dexed.jar");

    @BeforeAll
    static void build() throws Exception {
        for (var tool : List.of("aapt", "zipalign", "apksigner")) {
            var there = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(it -> Files.isExecutable(Path.of(it, tool)));
            if (!there) {
                var why =
                        "SKIPPED: the APK is not built here, as %s is missing (Debian: apt install aapt zipalign apksigner)"
                                .formatted(tool);
                System.out.println(why);
                Assumptions.abort(why);
            }
        }
        var built = run(ANDROID.resolve("bin/build").toString(), "--as-built")
                .lines()
                .toList();
        apk = Path.of(built.getLast());
        jar = folder.resolve("dexed.jar");
        try (var zip = new ZipFile(apk.toFile())) {
            DexedWallet.translate(
                    zip.getInputStream(zip.getEntry("classes.dex")).readAllBytes(), jar);
        }
    }

    @Test
    void shouldCarryASignatureThatVerifies() throws Exception {
        assertThat(run("apksigner", "verify", "--verbose", "--min-sdk-version", MIN_API, apk.toString()))
                .contains("Verifies")
                .contains("Verified using v3 scheme (APK Signature Scheme v3): true");
        System.out.printf("apk: %,d bytes, sha-256 %s%n", Files.size(apk), sha256(Files.readAllBytes(apk)));
    }

    @Test
    void shouldOfferTheWalletToReadersByItsAid() throws Exception {
        assertThat(run("aapt", "dump", "xmltree", apk.toString(), "AndroidManifest.xml"))
                .contains("android.nfc.cardemulation.action.HOST_APDU_SERVICE")
                .contains("android.permission.BIND_NFC_SERVICE")
                .contains("io.crema.phone.android")
                .contains(".TapService");
        assertThat(run("aapt", "dump", "xmltree", apk.toString(), "res/xml/apduservice.xml"))
                .contains("F04352454D4101")
                .contains("\"other\"");
        assertThat(run("aapt", "dump", "badging", apk.toString())).contains("sdkVersion:'" + MIN_API + "'");
    }

    @Test
    void shouldCarryTheWalletItselfAndNothingThatTheOldestAndroidLacks() throws Exception {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var name : List.of("Wallet", "Conversation", "ProposalCheck", "PhoneCard", "android/TapService")) {
                assertThat(zip.getEntry("io/crema/phone/" + name + ".class"))
                        .as(name)
                        .isNotNull();
            }
        }
        var faults = new Faults();
        var own = new ClassListBuilder(faults);
        own.process(jar.toFile());
        try (var signatures = Files.newInputStream(OUT.resolve("tools/gummy-bears-api-34.signature"))) {
            new SignatureChecker(signatures, own.getPackages(), faults).process(jar.toFile());
        }
        // looked for at run time, and left out on purpose: the wallet then takes BouncyCastle
        faults.lines.removeIf(it -> it.contains("NativeSecp256k1"));
        assertThat(faults.lines).isEmpty();
    }

    @Test
    void shouldAnswerFromItsDexCodeByteForByteAsTheWalletOfThisBuildDoes() throws Exception {
        var desk = new Desk();
        var plainNonces = new Random(9);
        var dexedNonces = new Random(9);
        var plain = new PhoneHome(
                new FileWalletStore(folder.resolve("plain")),
                WalletKey.of(desk.employee),
                () -> desk.now,
                plainNonces::nextBytes);
        var link = new Invitation(
                        desk.domain,
                        Company.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                        new TokenUnit(2, "EUR"),
                        List.of("Iced Matcha"))
                .link();
        try (var dexed = new DexedWallet(
                jar, desk.employee.privateKey(), folder.resolve("dexed"), () -> desk.now, dexedNonces::nextBytes)) {
            plain.accept(Invitation.parse(link));
            dexed.accept(link);
            var card = new PhoneCard(plain.wallet());
            var commands = new ArrayList<byte[]>();
            desk.link = apdu -> {
                var expected = card.process(apdu);
                assertThat(dexed.process(apdu)).isEqualTo(expected);
                commands.add(apdu);
                return expected;
            };
            tapThroughItsRules(desk, plain.wallet(), dexed);
            var random = new Random(11);
            for (var i = 0; i < 3_000; i++) {
                var garbled = commands.get(random.nextInt(commands.size())).clone();
                for (var left = random.nextInt(3); left >= 0; left--) {
                    garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
                }
                desk.link.transmit(garbled);
            }
            System.out.printf("dexed wallet: %,d commands answered byte for byte alike%n", commands.size());
        }
        try (var files = Files.list(folder.resolve("plain"))) {
            for (var file : files.toList()) {
                assertThat(folder.resolve("dexed").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    private static void tapThroughItsRules(Desk desk, Wallet plain, DexedWallet dexed) throws Exception {
        assertThat(desk.refusal()).isEmpty();
        desk.commit(desk.link);
        desk.previousBy(
                desk.employee,
                Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)),
                desk.proposed());
        plain.limit(new Limits(Amount.of(100), Amount.of(400)));
        dexed.limit(100, 400);
        desk.press(Desk.ESPRESSO, 150);
        assertThat(desk.refusal()).contains(TapStatus.MUST_CONFIRM);
        assertThat(plain.confirm(plain.asked().orElseThrow())).isTrue();
        assertThat(dexed.confirmWhatIsAsked()).isTrue();
        assertThat(desk.refusal()).isEmpty();
        desk.commit(desk.link);
        desk.sale = desk.sale(150, 151, Desk.NOW);
        desk.receipt = Optional.of(desk.head.next(desk.sale(150, 0, Desk.NOW)));
        assertThat(desk.refusal()).contains(TapStatus.CREDIT_ABOVE_PRICE);
        desk.receipt = Optional.empty();
        desk.press(Desk.ESPRESSO, 150);
        desk.helloKey = desk.colleague;
        assertThat(desk.refusal()).contains(TapStatus.HELLO_FORGED);
        desk.customerSaid = desk.colleague.address();
        assertThat(desk.refusal()).contains(TapStatus.NO_BADGE);
    }

    private static String run(String... command) throws Exception {
        var log = Files.createTempFile(folder, "run", ".log");
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CONFIG_HOME", OUT.resolve("config").toString());
        var process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(Duration.ofMinutes(8).toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", command[0], Files.readString(log))
                .isZero();
        return Files.readString(log);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Keeps what the checker finds fault with. */
    private static final class Faults implements Logger {
        final List<String> lines = new ArrayList<>();

        @Override
        public void info(String message) {}

        @Override
        public void info(String message, Throwable t) {}

        @Override
        public void debug(String message) {}

        @Override
        public void debug(String message, Throwable t) {}

        @Override
        public void warn(String message) {}

        @Override
        public void warn(String message, Throwable t) {}

        @Override
        public void error(String message) {
            lines.add(message);
        }

        @Override
        public void error(String message, Throwable t) {
            lines.add(message + ": " + t);
        }
    }
}
