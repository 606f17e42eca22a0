package io.crema.phone;

import io.crema.contracts.channel.BadgeRule;
import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proposal;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Tariff;
import io.crema.contracts.typed.TariffItems;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.Optional;

/** Everything that a phone checks in a proposed receipt; the first fault found is the answer. Pure. */
final class ProposalCheck {
    private final Wallet wallet;
    private final Company company;
    private final Greeting greeting;
    private final Address machineKey;
    private final Proposal proposal;

    ProposalCheck(Wallet wallet, Company company, Greeting greeting, Address machineKey, Proposal proposal) {
        this.wallet = wallet;
        this.company = company;
        this.greeting = greeting;
        this.machineKey = machineKey;
        this.proposal = proposal;
    }

    /** @return OK, or the refusal */
    TapStatus judge(Optional<Signed<Tariff>> knownTariff, Optional<OwnReceipt> newest) {
        var status = sale();
        if (status == TapStatus.OK) {
            status = tariff(knownTariff);
        }
        if (status == TapStatus.OK && !isRepeated(newest)) {
            status = previous();
            if (status == TapStatus.OK) {
                status = memory(newest);
            }
            if (status == TapStatus.OK) {
                status = follows();
            }
        }
        if (status == TapStatus.OK) {
            status = badge();
        }
        return status == TapStatus.OK ? offer() : status;
    }

    /** What lets this phone show another day that the machine itself proposed the receipt. */
    private TapStatus offer() {
        var offered = new Offered(
                wallet.domain().digest(proposal.receipt()), proposal.sale().structHash());
        return new Signed<>(offered, proposal.offered()).isSignedBy(machineKey, wallet.domain())
                ? TapStatus.OK
                : TapStatus.OFFER_FORGED;
    }

    private TapStatus sale() {
        var sale = proposal.sale();
        if (!sale.machine().equals(greeting.machine())) {
            return TapStatus.SALE_OTHER_MACHINE;
        }
        if (!sale.employee().equals(wallet.address())) {
            return TapStatus.SALE_OTHER_EMPLOYEE;
        }
        if (sale.credit().exceeds(sale.price())) {
            return TapStatus.CREDIT_ABOVE_PRICE;
        }
        return Math.abs(sale.time() - wallet.now()) > TapProtocol.CLOCK_TOLERANCE_SECONDS
                ? TapStatus.TIME_APART
                : TapStatus.OK;
    }

    private TapStatus tariff(Optional<Signed<Tariff>> known) {
        var shown = proposal.tariff().or(() -> known);
        if (shown.isEmpty()) {
            return TapStatus.TARIFF_MISSING;
        }
        var tariff = shown.get().content();
        var isNew = known.filter(shown.get()::equals).isEmpty();
        if (isNew && !shown.get().isSignedBy(greeting.payee(), wallet.domain())) {
            return TapStatus.TARIFF_FORGED;
        }
        if (!tariff.machine().equals(greeting.machine())) {
            return TapStatus.TARIFF_OTHER;
        }
        if (isNew && known.filter(it -> isOlder(tariff, it.content())).isPresent()) {
            return TapStatus.TARIFF_FELL;
        }
        var sale = proposal.sale();
        if (tariff.validFrom() > sale.time()) {
            return TapStatus.TARIFF_EARLY;
        }
        return sale.tariff() == tariff.version()
                        && TariffItems.verify(tariff.items(), sale.product(), sale.price(), proposal.priceProof())
                ? TapStatus.OK
                : TapStatus.PRICE_NOT_IN_TARIFF;
    }

    /** A lower version, or other prices under the same one. */
    private static boolean isOlder(Tariff shown, Tariff known) {
        return shown.version() < known.version() || (shown.version() == known.version() && !shown.equals(known));
    }

    private TapStatus previous() {
        if (proposal.previous().isEmpty()) {
            return TapStatus.OK;
        }
        var previous = proposal.previous().get();
        var receipt = previous.receipt().content();
        var signer = previous.receipt().signer(wallet.domain());
        if (signer.isEmpty()) {
            return TapStatus.PREVIOUS_FORGED;
        }
        if (previous.badge().isEmpty()) {
            return company.signers().contains(signer.get()) ? TapStatus.OK : TapStatus.PREVIOUS_FORGED;
        }
        var badge = previous.badge().get();
        if (!signer.get().equals(badge.content().employee()) || !isOurs(badge)) {
            return TapStatus.PREVIOUS_FORGED;
        }
        return covers(badge.content())
                        && !receipt.total().exceeds(badge.content().maxTotal())
                ? TapStatus.OK
                : TapStatus.PREVIOUS_BADGE;
    }

    private boolean isOurs(Signed<Badge> badge) {
        return company.badge().filter(badge::equals).isPresent() || company.signed(badge, wallet.domain());
    }

    private boolean covers(Badge badge) {
        return badge.customer().equals(greeting.customer())
                && (badge.channel().equals(Badge.ALL_CHANNELS)
                        || badge.channel().equals(greeting.channel()));
    }

    /** What this phone knows to be committed stays, also when it has signed something since that may never count. */
    private TapStatus memory(Optional<OwnReceipt> newest) {
        var counted = newest.flatMap(OwnReceipt::counted);
        if (counted.isEmpty()) {
            return TapStatus.OK;
        }
        var head = head();
        var known = counted.get().sequence();
        if (head.sequence() < known) {
            return TapStatus.BEHIND;
        }
        return head.sequence() == known
                        && !previousDigest()
                                .filter(counted.get().digest()::equals)
                                .isPresent()
                ? TapStatus.FORKED
                : TapStatus.OK;
    }

    private TapStatus follows() {
        var head = head();
        var receipt = proposal.receipt();
        if (!head.channel().equals(greeting.channel())
                || !receipt.channel().equals(greeting.channel())
                || receipt.sequence() != head.sequence() + 1) {
            return TapStatus.SEQUENCE_WRONG;
        }
        try {
            var next = head.next(proposal.sale());
            if (!next.total().equals(receipt.total())) {
                return TapStatus.TOTAL_WRONG;
            }
            return next.history().equals(receipt.history()) ? TapStatus.OK : TapStatus.HISTORY_WRONG;
        } catch (ArithmeticException beyondUint96) {
            return TapStatus.TOTAL_WRONG;
        }
    }

    private TapStatus badge() {
        if (company.badge().isEmpty()) {
            return TapStatus.OK;
        }
        if (wallet.isRevoked(company.badge().get())) {
            return TapStatus.BADGE_REVOKED;
        }
        var badge = company.badge().get().content();
        return switch (BadgeRule.judge(badge, proposal.receipt(), proposal.sale(), greeting.customer(), 0)) {
            case COUNTS -> TapStatus.OK;
            case ABOVE_CAP -> TapStatus.BADGE_CAP;
            case OTHER_CHANNEL, OTHER_CUSTOMER, OTHER_EMPLOYEE -> TapStatus.NO_BADGE;
            case OLD_EPOCH, NOT_YET_VALID, EXPIRED -> TapStatus.BADGE_NOT_VALID;
        };
    }

    private boolean isRepeated(Optional<OwnReceipt> newest) {
        return newest.filter(it -> it.receipt().receipt().content().equals(proposal.receipt())
                        && it.receipt().sale().equals(proposal.sale()))
                .isPresent();
    }

    private Optional<Hash> previousDigest() {
        return proposal.previous().map(it -> wallet.domain().digest(it.receipt().content()));
    }

    private ChannelHead head() {
        return proposal.previous()
                .map(it -> ChannelHead.at(it.receipt().content()))
                .orElseGet(() -> ChannelHead.start(greeting.channel()));
    }
}
