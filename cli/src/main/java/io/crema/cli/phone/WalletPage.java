package io.crema.cli.phone;

import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import io.crema.phone.Company;
import io.crema.phone.PhoneHome;
import io.crema.phone.TokenUnit;
import io.crema.phone.Wallet;
import java.io.PrintWriter;
import java.time.Instant;

/** What the wallet's screen shows, as text. */
final class WalletPage {
    private static final long LAST_SECOND_WITH_FOUR_DIGITS = 253_402_300_799L;

    private final Wallet wallet;
    private final TokenUnit unit;
    private final PrintWriter out;

    WalletPage(PhoneHome home, PrintWriter out) {
        this.wallet = home.wallet();
        this.unit = home.unit();
        this.out = out;
    }

    void print() {
        out.printf("key      %s%n", wallet.address());
        wallet.companies().forEach(this::print);
        if (wallet.companies().isEmpty()) {
            out.println("badge    none yet: send the key to your company, then 'crema phone badge add'");
        }
        printLimits();
        wallet.asked()
                .ifPresent(it -> out.printf(
                        "asked    %s for %s: 'crema phone confirm', then tap again%n",
                        unit.show(it.price()), product(it.product())));
        for (var sale : wallet.sales()) {
            out.printf(
                    "%s  %-20s %12s%s%n",
                    time(sale.time()),
                    product(sale.product()),
                    unit.show(sale.price().minusOrZero(sale.credit())),
                    sale.committed() ? "" : "  (the machine has not confirmed it)");
        }
    }

    private void print(Company company) {
        var name = company.name().isEmpty() ? company.customer().hex() : company.name();
        if (company.badge().isEmpty()) {
            out.printf("badge    %s: this key is the company's own%n", name);
            return;
        }
        var badge = company.badge().get();
        out.printf(
                "badge    %s: up to %s in total, until %s%s%n",
                name,
                unit.show(badge.content().maxTotal()),
                time(badge.content().validUntil()),
                wallet.isRevoked(badge) ? " (revoked: ask for a new one)" : "");
    }

    void printLimits() {
        var limits = wallet.limits();
        out.printf("limits   %s without asking, %s a day%n", limit(limits.withoutAsking()), limit(limits.perDay()));
        if (!limits.perDay().equals(Amount.MAX)) {
            out.printf("today    %s%n", unit.show(wallet.spentToday()));
        }
        if (limits.onlyUnlocked()) {
            out.println(wallet.unlockedUntil()
                    .map(it -> "unlocked until " + it)
                    .orElse("locked   it pays nothing until 'crema phone unlock'"));
        }
    }

    String product(ProductId product) {
        return wallet.name(product).orElseGet(() -> product.toString().substring(0, 12));
    }

    static String time(long seconds) {
        return Instant.ofEpochSecond(Math.min(seconds, LAST_SECOND_WITH_FOUR_DIGITS))
                .toString();
    }

    private String limit(Amount limit) {
        return limit.equals(Amount.MAX) ? "any amount" : unit.show(limit);
    }
}
