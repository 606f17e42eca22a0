package io.crema.cli.phone;

import io.crema.chain.keys.KeyStoreFile;
import io.crema.chain.keys.Password;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.phone.Company;
import io.crema.phone.Invitation;
import io.crema.phone.TokenUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code crema phone badge …}: the employee takes a badge, the company gives one. */
@Command(
        name = "badge",
        mixinStandardHelpOptions = true,
        description = "Takes, removes or issues a badge: a company's word that a key may pay for it.")
final class BadgeCommand implements Runnable {
    @Mixin
    private final PhoneOptions phone = new PhoneOptions();

    @Override
    public void run() {
        throw new ParameterException(phone.command().commandLine(), "Say what to do: add, remove, revoked or issue.");
    }

    @Command(name = "add", description = "Takes a company's badge, or a renewed one.")
    int add(
            @Mixin PhoneOptions options,
            @Parameters(paramLabel = "FILE|JSON|LINK", description = "As the company sent it.") String badge) {
        return options.guarded(() -> {
            var home = options.folder().open();
            home.accept(BadgeFile.read(badge));
            new WalletPage(home, options.out()).print();
            return 0;
        });
    }

    @Command(name = "remove", description = "Forgets a company's badge; its receipts stay.")
    int remove(
            @Mixin PhoneOptions options,
            @Parameters(paramLabel = "COMPANY", description = "The company's address.") String company) {
        return options.guarded(() -> {
            var home = options.folder().open();
            var customer = Address.fromHex(company);
            if (home.wallet().companies().stream().noneMatch(it -> it.customer().equals(customer))) {
                throw new PhoneException(
                        "there is no badge of company %s; 'crema phone show' lists them".formatted(customer));
            }
            home.wallet().leave(customer);
            new WalletPage(home, options.out()).print();
            return 0;
        });
    }

    @Command(
            name = "revoked",
            description =
                    "Takes a company's signed list of revoked badges, as its machines get it: the wallet then says "
                            + "itself that its badge is revoked.")
    int revoked(
            @Mixin PhoneOptions options,
            @Parameters(paramLabel = "FILE|JSON", description = "customer, epoch, version, badges, signature.")
                    String list) {
        return options.guarded(() -> {
            var home = options.folder().open();
            var revoked = BadgeFile.revoked(list);
            home.wallet().revoke(revoked.list(), revoked.badges());
            new WalletPage(home, options.out()).print();
            return 0;
        });
    }

    @Command(
            name = "issue",
            description = "For companies: signs a badge for an employee's key, and prints it as JSON or as a link.")
    int issue(
            @Mixin PhoneOptions options,
            @Option(names = "--company-key", required = true, description = "The company's key file (Web3 keystore).")
                    Path keyFile,
            @Option(names = "--password-file", required = true, description = "The key file's password.")
                    Path passwordFile,
            @Option(names = "--employee", required = true, description = "The address that 'crema phone init' printed.")
                    String employee,
            @Option(names = "--max-total", required = true, description = "The channel's highest total, such as 500.")
                    String maxTotal,
            @Option(names = "--days", defaultValue = "365", description = "How long it is valid (default 365).")
                    int days,
            @Option(names = "--epoch", defaultValue = "0", description = "The company's epoch (default 0).") long epoch,
            @Option(names = "--channel", description = "Only for this channel (default: all of the company's).")
                    @Nullable
                    String channel,
            @Option(names = "--chain-id", required = true) long chainId,
            @Option(names = "--payment-provider", required = true, description = "The contract's address.")
                    String paymentProvider,
            @Option(names = "--customer", description = "The company's address, where the key is its acting key.")
                    @Nullable
                    String customer,
            @Option(names = "--name", defaultValue = "", description = "The company's name.") String name,
            @Option(names = "--decimals", defaultValue = "6", description = "Of the token (default 6).") int decimals,
            @Option(names = "--symbol", defaultValue = "", description = "Of the token.") String symbol,
            @Option(names = "--product", description = "A product's name; may be repeated.") @Nullable
                    List<String> products,
            @Option(names = "--link", description = "Prints the link rather than JSON.") boolean link) {
        return options.guarded(() -> {
            if (days < 1 || days > 36_500) {
                throw new PhoneException("--days is %d; give 1 to 36500".formatted(days));
            }
            var key = KeyStoreFile.load(keyFile, Password.fromFile(passwordFile));
            var unit = new TokenUnit(decimals, symbol);
            var domain = new Domain(chainId, Address.fromHex(paymentProvider));
            var now = Instant.now();
            var company = customer == null ? key.address() : Address.fromHex(customer);
            var badge = new Badge(
                    company,
                    Address.fromHex(employee),
                    channel == null ? Badge.ALL_CHANNELS : ChannelId.fromHex(channel),
                    unit.read(maxTotal),
                    epoch,
                    now.getEpochSecond(),
                    now.plus(Duration.ofDays(days)).getEpochSecond());
            var invitation = new Invitation(
                    domain,
                    new Company(company, List.of(key.address()), Optional.of(TypedData.sign(badge, domain, key)), name),
                    unit,
                    Optional.ofNullable(products).orElse(List.of()));
            options.out().println(link ? invitation.link() : BadgeFile.json(invitation));
            return 0;
        });
    }
}
