package io.crema.edge.node;

import io.crema.contracts.channel.BadgeRule;
import io.crema.contracts.tap.Offered;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.edge.Provisioning;
import io.crema.schemas.convert.Convert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a machine checks in what a phone shows. Remembers the badges it has verified. Not thread-safe. */
final class PhoneCheck {
    private static final int REMEMBERED = 512;

    private final Knowledge knowledge;
    private final Map<Signed<Badge>, Address> verified = new LinkedHashMap<>();

    PhoneCheck(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Refuses a badge that the company has withdrawn; what was bought with it before stays bought. */
    void notRevoked(Optional<Signed<Badge>> badge, Provisioning it) throws RefusedException {
        if (badge.filter(shown -> knowledge.isRevoked(it.domains().payment().digest(shown.content())))
                .isPresent()) {
            throw new RefusedException(Refusal.BADGE_REVOKED);
        }
    }

    /** Refuses a key without the company's badge. */
    void badge(Optional<Signed<Badge>> badge, Address employee, Provisioning it) throws RefusedException {
        if (badge.isEmpty()) {
            if (!employee.equals(it.actingKey())) {
                throw new RefusedException(Refusal.BADGE_FORGED);
            }
            return;
        }
        var content = badge.get().content();
        if (Math.max(content.validFrom(), content.validUntil()) > Convert.LAST_SECOND) {
            throw new RefusedException(
                    Refusal.BADGE_REFUSED.because("The badge's time is beyond any calendar; ask for a new one."));
        }
        if (!isGenuine(badge.get(), it)) {
            throw new RefusedException(Refusal.BADGE_FORGED);
        }
    }

    /** Refuses where the badge does not cover the receipt. */
    void covers(Optional<Signed<Badge>> badge, Receipt receipt, Sale sale, Provisioning it) throws RefusedException {
        covers(badge, receipt, sale, it, it.epoch());
    }

    private static void covers(Optional<Signed<Badge>> badge, Receipt receipt, Sale sale, Provisioning it, long epoch)
            throws RefusedException {
        if (badge.isEmpty()) {
            return;
        }
        var rule = BadgeRule.judge(badge.get().content(), receipt, sale, it.customer(), epoch);
        if (rule != BadgeRule.COUNTS) {
            throw new RefusedException(Refusal.BADGE_REFUSED.because(sentence(rule)));
        }
    }

    /**
     * Whether a phone's own receipt of this channel and machine is one that a lost journal may take up again. The epoch of
     * today does not count: the machine offered it under the one of its day, and what was bought stays bought.
     *
     * @param ownKeys this machine's, the one that it has now and those that it had
     */
    boolean mayBeAdopted(Proof.Newest shown, Address employee, Set<Address> ownKeys, Provisioning it) {
        var newest = shown.receipt();
        var receipt = newest.receipt().content();
        var sale = newest.sale();
        var offered = new Offered(digest(receipt, it), sale.structHash());
        if (!receipt.channel().equals(it.channel())
                || !sale.machine().equals(it.machine())
                || !sale.employee().equals(employee)
                || sale.credit().exceeds(sale.price())
                || receipt.total().exceeds(it.deposited())
                || !newest.receipt().isSignedBy(employee, it.domains().payment())
                || new Signed<>(offered, shown.offered())
                        .signer(it.domains().payment())
                        .filter(ownKeys::contains)
                        .isEmpty()) {
            return false;
        }
        try {
            badge(newest.badge(), employee, it);
            covers(newest.badge(), receipt, sale, it, 0);
            return true;
        } catch (RefusedException notOurs) {
            return false;
        }
    }

    private boolean isGenuine(Signed<Badge> badge, Provisioning it) {
        var known = verified.get(badge);
        if (known == null) {
            var signer = badge.signer(it.domains().payment());
            if (signer.isEmpty()) {
                return false;
            }
            known = signer.get();
            verified.put(badge, known);
            if (verified.size() > REMEMBERED) {
                verified.remove(verified.keySet().iterator().next());
            }
        }
        return known.equals(it.actingKey());
    }

    static Hash digest(Receipt receipt, Provisioning it) {
        return it.domains().payment().digest(receipt);
    }

    private static String sentence(BadgeRule rule) {
        return switch (rule) {
            case COUNTS -> "The badge counts.";
            case OTHER_CUSTOMER -> "The badge is of another company.";
            case OTHER_EMPLOYEE -> "The badge is of another phone.";
            case OTHER_CHANNEL -> "The badge is for another machine.";
            case ABOVE_CAP -> "The badge does not reach that far; ask your company for a new one.";
            case OLD_EPOCH -> "Your company has ended all older badges; ask it for a new one.";
            case NOT_YET_VALID -> "The badge is not valid yet.";
            case EXPIRED -> "The badge has expired; ask your company for a new one.";
        };
    }
}
