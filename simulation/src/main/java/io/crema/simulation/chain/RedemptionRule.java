package io.crema.simulation.chain;

import static io.crema.simulation.chain.PaymentState.require;
import static io.crema.simulation.chain.PaymentState.signer;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.ChannelId;

/** Whether a receipt binds the customer on chain now. Pure. */
final class RedemptionRule {
    private RedemptionRule() {}

    /** @throws RevertedException when it does not */
    static void judge(
            PaymentCall.Row row, ChannelId channel, ChannelSlot slot, Domain domain, ActingKeys keys, long now) {
        if (row.badge().isEmpty()) {
            var recovered = signer(row.receipt(), domain);
            require(keys.redemptionEpoch(row.customer(), recovered, now).isPresent(), "WrongSigner(address,address)");
            return;
        }
        var badge = row.badge().get();
        bounds(badge.content(), row, channel, slot, now);
        require(signer(row.receipt(), domain).equals(badge.content().employee()), "WrongSigner(address,address)");
        var epoch = keys.redemptionEpoch(row.customer(), signer(badge, domain), now);
        require(epoch.isPresent(), "WrongSigner(address,address)");
        require(badge.content().epoch() >= epoch.getAsLong(), "BadgeRevoked(uint32,uint32)");
    }

    private static void bounds(Badge badge, PaymentCall.Row row, ChannelId channel, ChannelSlot slot, long now) {
        require(
                badge.channel().equals(Badge.ALL_CHANNELS) || badge.channel().equals(channel),
                "BadgeForOtherChannel(bytes32,bytes32)");
        require(!row.receipt().content().total().exceeds(badge.maxTotal()), "BadgeCapExceeded(uint96,uint96)");
        require(now >= badge.validFrom(), "BadgeNotYetValid(uint64,uint256)");
        require(now <= badge.validUntil() + slot.periodMinutes() * 60L, "BadgeExpired(uint256,uint256)");
    }
}
