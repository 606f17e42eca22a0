package io.crema.streams.balances;

import io.crema.contracts.channel.BadgeRule;
import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.streams.balances.Refusal.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether a receipt's own signature and badge bind the channel's customer, judged as of the sale. Not thread-safe. */
public final class Authority {
    private final Signers signers;

    public Authority(Signers signers) {
        this.signers = signers;
    }

    /** Empty when the receipt binds the customer. */
    Optional<Refusal> judge(Candidate candidate, Parties parties, Keys keys) {
        var signed = candidate.signed();
        var signer = signers.of(candidate.digest(), signed.receipt().signature());
        if (signer.isEmpty()) {
            return refuse(Code.BAD_SIGNATURE, "the 64 bytes are no low-s signature of the receipt");
        }
        var employee = signed.sale().employee();
        if (!signer.get().equals(employee)) {
            return refuse(Code.WRONG_SIGNER, "signed by %s, but the sale names %s".formatted(signer.get(), employee));
        }
        return signed.badge().isPresent()
                ? judgeBadge(signed, signed.badge().get(), parties.customer(), keys)
                : judgeOwn(signed, employee, keys);
    }

    /** Until when the channel's newest receipt counts on chain, as far as is known; empty when nothing ends it. */
    public Optional<Instant> countsUntil(Channel channel) {
        var newest = channel.newest();
        var parties = channel.chain().parties();
        if (newest.isEmpty() || parties.isEmpty()) {
            return Optional.empty();
        }
        var badge = newest.get().badge();
        var signer = badge.flatMap(signers::ofBadge);
        var period = Duration.ofMinutes(parties.get().periodMinutes());
        var badgeEnd = badge.map(b -> end(b.content(), period));
        var keyEnd = signer.flatMap(
                s -> channel.keys().countsUntil(s, badge.get().content().epoch()));
        return Stream.concat(badgeEnd.stream(), keyEnd.stream()).min(Instant::compareTo);
    }

    private Optional<Refusal> judgeOwn(SignedReceipt signed, Address signer, Keys keys) {
        return keys.epoch(signer, Instant.ofEpochSecond(signed.sale().time())).isPresent()
                ? Optional.empty()
                : refuse(Code.WRONG_SIGNER, "%s carries no badge and is no key of the customer".formatted(signer));
    }

    private Optional<Refusal> judgeBadge(SignedReceipt signed, Signed<Badge> badge, Address customer, Keys keys) {
        var signer = signers.ofBadge(badge);
        if (signer.isEmpty()) {
            return refuse(Code.BAD_BADGE_SIGNATURE, "the 64 bytes are no low-s signature of the badge");
        }
        OptionalLong epoch =
                keys.epoch(signer.get(), Instant.ofEpochSecond(signed.sale().time()));
        if (epoch.isEmpty()) {
            return refuse(
                    Code.WRONG_BADGE_SIGNER,
                    "the badge is signed by %s, which is no key of customer %s at the sale"
                            .formatted(signer.get(), customer));
        }
        var rule = BadgeRule.judge(
                badge.content(), signed.receipt().content(), signed.sale(), customer, epoch.getAsLong());
        return switch (rule) {
            case COUNTS -> Optional.empty();
            case OTHER_CUSTOMER ->
                refuse(
                        Code.BADGE_OTHER_CUSTOMER,
                        "the badge is of customer %s, the channel of %s"
                                .formatted(badge.content().customer(), customer));
            case OTHER_EMPLOYEE ->
                refuse(
                        Code.BADGE_OTHER_EMPLOYEE,
                        "the badge is of employee %s, the sale of %s"
                                .formatted(
                                        badge.content().employee(),
                                        signed.sale().employee()));
            case OTHER_CHANNEL ->
                refuse(
                        Code.BADGE_OTHER_CHANNEL,
                        "the badge is for channel " + badge.content().channel());
            case ABOVE_CAP ->
                refuse(
                        Code.BADGE_ABOVE_CAP,
                        "total %s exceeds the badge's %s"
                                .formatted(
                                        signed.receipt().content().total(),
                                        badge.content().maxTotal()));
            case OLD_EPOCH ->
                refuse(
                        Code.BADGE_OLD_EPOCH,
                        "the badge is of epoch %d, needed is %d"
                                .formatted(badge.content().epoch(), epoch.getAsLong()));
            case NOT_YET_VALID ->
                refuse(
                        Code.BADGE_NOT_YET_VALID,
                        "sold at %d, the badge is valid from %d"
                                .formatted(signed.sale().time(), badge.content().validFrom()));
            case EXPIRED ->
                refuse(
                        Code.BADGE_EXPIRED,
                        "sold at %d, the badge is valid until %d"
                                .formatted(signed.sale().time(), badge.content().validUntil()));
        };
    }

    private static Instant end(Badge badge, Duration period) {
        // A badge for ever would not fit into an instant.
        var seconds = Math.min(badge.validUntil(), 253_402_300_799L);
        return Instant.ofEpochSecond(seconds).plus(period);
    }

    private static Optional<Refusal> refuse(Code code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
