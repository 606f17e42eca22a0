package io.crema.cli.phone;

import io.crema.contracts.tap.TapStatus;
import io.crema.phone.OwnReceipt;
import io.crema.phone.PhoneCard;
import io.crema.phone.PhoneHome;
import io.crema.phone.TapWatcher;
import io.crema.platform.VpcdPhone;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crema phone tap}: holds the wallet to a machine with a virtual PC/SC reader. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description =
                "Holds the phone to a machine whose reader is vsmartcard's virtual one, until the machine pours or "
                        + "the phone refuses. Exit code 0: paid and committed.")
final class TapCommand implements Callable<Integer> {
    private static final int VPCD_PORT = 35963;

    @Mixin
    private final PhoneOptions options = new PhoneOptions();

    @Option(
            names = "--reader",
            defaultValue = "127.0.0.1:" + VPCD_PORT,
            description = "Where the virtual reader listens, HOST:PORT (default ${DEFAULT-VALUE}, vpcd's own).")
    private String reader = "";

    @Option(names = "--password-file", description = "Where the key's password is (default: beside the key).")
    private @Nullable Path passwordFile;

    @Option(names = "--stay", description = "Stays at the machine for tap after tap, until interrupted.")
    private boolean stay;

    @Override
    public Integer call() {
        return options.guarded(() -> {
            var address = address();
            var home = options.folder().open(Optional.ofNullable(passwordFile));
            var tap = new Tap(home, options.out());
            while (true) {
                tap.start();
                hold(address, tap);
                if (!stay) {
                    return tap.committed ? 0 : 1;
                }
            }
        });
    }

    private void hold(InetSocketAddress address, Tap tap) {
        var card = new PhoneCard(tap.home.wallet(), tap);
        try (var phone = new VpcdPhone(address, card::process, card::deactivated)) {
            options.out().printf("at the reader %s%n", reader);
            options.out().flush();
            if (!phone.serve(() -> tap.over)) {
                throw new PhoneException(
                        "the reader %s went away during the tap; hold the phone to it again: nothing is paid twice"
                                .formatted(reader));
            }
        } catch (IOException e) {
            throw new PhoneException(
                    "there is no virtual reader at %s (%s); start pcscd with vpcd, or give its address with --reader"
                            .formatted(reader, e.getMessage()),
                    e);
        }
    }

    private InetSocketAddress address() {
        var colon = reader.lastIndexOf(':');
        try {
            var port = Integer.parseInt(reader.substring(colon + 1));
            if (colon < 1 || port < 1 || port > 0xffff) {
                throw new NumberFormatException("no port");
            }
            return new InetSocketAddress(reader.substring(0, colon), port);
        } catch (NumberFormatException e) {
            throw new PhoneException(
                    "--reader is '%s'; give HOST:PORT, such as 127.0.0.1:%d".formatted(reader, VPCD_PORT), e);
        }
    }

    /** One tap as it is told. */
    private static final class Tap implements TapWatcher {
        private final PhoneHome home;
        private final PrintWriter out;
        private boolean over;
        private boolean committed;

        Tap(PhoneHome home, PrintWriter out) {
            this.home = home;
            this.out = out;
        }

        void start() {
            over = false;
            committed = false;
        }

        @Override
        public void refused(TapStatus status) {
            over = true;
            tell("refused  %04X %s".formatted(status.word(), status.sentence()));
            if (status == TapStatus.MUST_CONFIRM) {
                home.wallet()
                        .asked()
                        .ifPresent(it -> tell("asked    %s for %s: 'crema phone confirm', then tap again"
                                .formatted(
                                        home.unit().show(it.price()),
                                        new WalletPage(home, out).product(it.product()))));
            }
        }

        @Override
        public void signed(OwnReceipt receipt) {
            var sale = receipt.receipt().sale();
            tell("signed   %s for %s"
                    .formatted(home.unit().show(sale.price()), new WalletPage(home, out).product(sale.product())));
        }

        @Override
        public void committed(OwnReceipt receipt) {
            over = true;
            committed = true;
            tell("paid     the machine has the receipt and pours");
        }

        @Override
        public void failed(RuntimeException fault) {
            over = true;
            tell("fault    " + fault);
        }

        private void tell(String line) {
            out.println(line);
            out.flush();
        }
    }
}
