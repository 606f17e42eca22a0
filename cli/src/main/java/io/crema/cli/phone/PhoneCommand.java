package io.crema.cli.phone;

import io.crema.contracts.value.Amount;
import io.crema.phone.Limits;
import io.crema.phone.TokenUnit;
import io.crema.platform.ProjectHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code crema phone …}: the wallet that the Android app carries, for trying without a phone. */
@Command(
        name = "phone",
        mixinStandardHelpOptions = true,
        subcommands = {BadgeCommand.class, TapCommand.class},
        description = "The employee's wallet in a terminal: key, badges, limits, taps. And the Android app.")
public final class PhoneCommand implements Runnable {
    @Mixin
    private final PhoneOptions phone = new PhoneOptions();

    @Override
    public void run() {
        throw new ParameterException(
                phone.command().commandLine(),
                "Say what to do with the phone: init, badge, show, limits, unlock, lock, confirm, decline, tap or apk.");
    }

    /** Exit code 0 when the wallet is made. */
    @Command(
            name = "init",
            description =
                    "Makes a wallet: a key, encrypted in a file that only you may read. Prints the key's address: "
                            + "send it to your company.")
    int init(
            @Mixin PhoneOptions options,
            @Option(
                            names = "--password-file",
                            description = "Its first line encrypts the key. Without it a password is made and kept "
                                    + "beside the key: that protects copies of the key file, not the folder.")
                    @Nullable
                    Path passwordFile) {
        return options.guarded(() -> {
            var address = options.folder().init(Optional.ofNullable(passwordFile));
            options.out().printf("key      %s%n", address);
            options.out()
                    .printf("wallet   %s%n", options.path().toAbsolutePath().normalize());
            return 0;
        });
    }

    @Command(name = "show", description = "Prints companies, limits, what is asked, and the last receipts.")
    int show(@Mixin PhoneOptions options) {
        return options.guarded(() -> {
            new WalletPage(options.folder().open(), options.out()).print();
            return 0;
        });
    }

    @Command(
            name = "limits",
            description = "Prints the limits, or sets those that are given. 'any' takes a limit away.")
    int limits(
            @Mixin PhoneOptions options,
            @Option(names = "--each", description = "The highest price without asking, such as 2.50.") @Nullable
                    String each,
            @Option(names = "--day", description = "The most on one UTC day, such as 10.") @Nullable String day,
            @Option(names = "--locked", description = "yes: pay only after 'unlock'; no: always.") @Nullable
                    String locked) {
        return options.guarded(() -> {
            var home = options.folder().open();
            var wallet = home.wallet();
            if ((each != null || day != null) && wallet.companies().isEmpty()) {
                throw new PhoneException(
                        "without a badge the wallet does not know the token's decimals; add a badge first, then limits");
            }
            var now = wallet.limits();
            var chosen = new Limits(
                    each == null ? now.withoutAsking() : amount(each, home.unit()),
                    day == null ? now.perDay() : amount(day, home.unit()),
                    locked == null ? now.onlyUnlocked() : yes(locked));
            if (!chosen.equals(now)) {
                wallet.limit(chosen);
            }
            new WalletPage(home, options.out()).printLimits();
            return 0;
        });
    }

    private static Amount amount(String text, TokenUnit unit) {
        return text.equals("any") ? Amount.MAX : unit.read(text);
    }

    private static boolean yes(String text) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new PhoneException("--locked is '%s'; give yes or no".formatted(text));
        };
    }

    @Command(name = "unlock", description = "Lets a wallet with '--locked yes' pay for some minutes.")
    int unlock(
            @Mixin PhoneOptions options,
            @Option(names = "--minutes", defaultValue = "10", description = "From 1 to 1440 (default 10).")
                    int minutes) {
        return options.guarded(() -> {
            if (minutes < 1 || minutes > 1440) {
                throw new PhoneException("--minutes is %d; give 1 to 1440".formatted(minutes));
            }
            var until = Instant.now().plus(Duration.ofMinutes(minutes));
            options.folder().open().wallet().unlock(until);
            options.out().printf("unlocked until %s%n", WalletPage.time(until.getEpochSecond()));
            return 0;
        });
    }

    @Command(name = "lock", description = "Ends 'unlock' at once.")
    int lock(@Mixin PhoneOptions options) {
        return options.guarded(() -> {
            options.folder().open().wallet().lock();
            options.out().println("locked");
            return 0;
        });
    }

    /** Exit code 0 when the purchase was agreed to, 1 when not. */
    @Command(
            name = "confirm",
            description =
                    "Shows the purchase that a machine asked for above the limit, and agrees to it: then tap again "
                            + "within two minutes.")
    int confirm(
            @Mixin PhoneOptions options,
            @Option(names = "--yes", description = "Agrees without a question.") boolean yes) {
        return options.guarded(() -> {
            var home = options.folder().open();
            var wallet = home.wallet();
            var asked = wallet.asked()
                    .orElseThrow(() -> new PhoneException(
                            "no machine has asked for anything above your limit within 10 minutes; tap first"));
            var page = new WalletPage(home, options.out());
            options.out().printf("Pay %s for %s? ", home.unit().show(asked.price()), page.product(asked.product()));
            options.out().flush();
            var agreed = yes || answer().startsWith("y");
            if (yes) {
                options.out().println("yes");
            }
            if (!agreed) {
                wallet.decline();
                options.out().println("declined");
                return 1;
            }
            if (!wallet.confirm(asked)) {
                throw new PhoneException("the machine has asked for something else meanwhile; look again");
            }
            options.out().println("Hold the phone to the machine again within two minutes.");
            return 0;
        });
    }

    private static String answer() {
        try {
            var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line.strip().toLowerCase(java.util.Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the answer", e);
        }
    }

    @Command(name = "decline", description = "Takes back a confirmation, and forgets what was asked.")
    int decline(@Mixin PhoneOptions options) {
        return options.guarded(() -> {
            options.folder().open().wallet().decline();
            options.out().println("declined");
            return 0;
        });
    }

    @Command(
            name = "apk",
            description =
                    "Builds the Android app and signs it, without the Android SDK (needs aapt, zipalign, apksigner). "
                            + "Prints the APK's path.")
    int apk(@Mixin PhoneOptions options) {
        return options.guarded(() -> {
            var script = ProjectHome.find()
                    .map(it -> it.resolve("phone/android/bin/build"))
                    .orElseThrow(() -> new PhoneException(
                            "the APK is built from the sources, which are not here; call ./crema in their folder"));
            return new ProcessBuilder(script.toString()).inheritIO().start().waitFor();
        });
    }
}
