package io.crema.cli.audit;

import io.crema.contracts.channel.BadgeRule;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether a receipt's own signature and badge bind a customer, as of the sale. Remembers the newest badges. */
final class Authority {
    private static final int MOST_BADGES = 20_000;

    private final Domain domain;
    private final KeyFold keys;
    private final Map<Signed<Badge>, Optional<Address>> badges = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Signed<Badge>, Optional<Address>> eldest) {
            return size() > MOST_BADGES;
        }
    };

    Authority(Domain domain, KeyFold keys) {
        this.domain = domain;
        this.keys = keys;
    }

    boolean binds(SignedReceipt signed, Address customer) {
        var employee = signed.sale().employee();
        if (!signed.receipt().isSignedBy(employee, domain)) {
            return false;
        }
        var time = signed.sale().time();
        if (signed.badge().isEmpty()) {
            return keys.epoch(customer, employee, time).isPresent();
        }
        var badge = signed.badge().get();
        var signer = badges.computeIfAbsent(badge, b -> b.signer(domain));
        var epoch = signer.isEmpty() ? java.util.OptionalLong.empty() : keys.epoch(customer, signer.get(), time);
        return epoch.isPresent()
                && BadgeRule.judge(
                                badge.content(), signed.receipt().content(), signed.sale(), customer, epoch.getAsLong())
                        == BadgeRule.COUNTS;
    }
}
