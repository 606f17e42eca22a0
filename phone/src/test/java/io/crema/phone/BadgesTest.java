package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Revocations;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BadgesTest {
    private final Desk desk = new Desk();
    private final Signed<Badge> badge = desk.sign(desk.badge(desk.employee, 10_000), desk.customer);
    private final Hash digest = desk.domain.digest(badge.content());

    @Test
    void shouldSayThatItsBadgeIsRevokedUntilItIsRenewed() {
        desk.wallet.revoke(revocations(1, 1, digest), List.of(digest));
        assertThat(desk.refusal()).contains(TapStatus.BADGE_REVOKED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.wallet.join(Company.of(badge)))
                .withMessageContaining("revoked");

        desk.wallet.join(Company.of(desk.sign(desk.badge(desk.employee, 20_000), desk.customer)));
        assertThat(desk.refusal()).isEmpty();
    }

    @Test
    void shouldTakeARaisedEpochAsRevokingAllBefore() {
        desk.wallet.revoke(revocations(2, 2), List.of());
        assertThat(desk.refusal()).contains(TapStatus.BADGE_REVOKED);
        desk.wallet.join(Company.of(desk.sign(epoch(2), desk.customer)));
        assertThat(desk.refusal()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> desk.wallet.join(Company.of(badge)));
    }

    @Test
    void shouldNotTakeAnOlderBadgeForANewerOne() {
        desk.wallet.join(Company.of(desk.sign(epoch(3), desk.customer)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.wallet.join(Company.of(badge)))
                .withMessageContaining("epoch 1");
    }

    @Test
    void shouldTakeOnlyTheCompanysOwnListAndNeverAnOlderOne() {
        var forged = desk.sign(revocations(1, 1, digest).content(), desk.colleague);
        assertThatIllegalArgumentException().isThrownBy(() -> desk.wallet.revoke(forged, List.of(digest)));
        var list = revocations(5, 1, digest);
        assertThatIllegalArgumentException().isThrownBy(() -> desk.wallet.revoke(list, List.of()));
        desk.wallet.revoke(list, List.of(digest));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.wallet.revoke(revocations(4, 1), List.of()))
                .withMessageContaining("version 4");
        desk.wallet.revoke(revocations(6, 1), List.of());
        assertThat(desk.refusal()).isEmpty();
    }

    @Test
    void shouldRefuseBadgesThatAreNotForThisPhone() {
        var wallet = desk.wallet;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wallet.join(Company.of(desk.sign(desk.badge(desk.colleague, 1), desk.customer))))
                .withMessageContaining(desk.colleague.address().hex());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wallet.join(Company.of(desk.sign(desk.badge(desk.employee, 1), desk.colleague))))
                .withMessageContaining("not signed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wallet.join(
                        new Company(desk.customer.address(), List.of(desk.customer.address()), Optional.empty())))
                .withMessageContaining("badge");
    }

    @Test
    void shouldPayForTheCompanyThatTheMachineNames() {
        var other = SigningKey.generate(desk.random);
        var content = new Badge(
                other.address(),
                desk.employee.address(),
                Badge.ALL_CHANNELS,
                Amount.of(500),
                1,
                Desk.NOW - 1,
                Desk.NOW + 1000);
        desk.wallet.join(new Company(
                other.address(), List.of(other.address()), Optional.of(desk.sign(content, other)), "Other Ltd"));
        assertThat(desk.wallet.companies()).hasSize(2).anyMatch(it -> it.name().equals("Other Ltd"));
        assertThat(desk.refusal()).isEmpty();

        desk.wallet.leave(desk.customer.address());
        assertThat(desk.refusal()).contains(TapStatus.NO_BADGE);
        assertThat(desk.wallet.companies()).hasSize(1);
        assertThat(desk.wallet.newest(desk.channel)).isPresent();
    }

    private Badge epoch(long epoch) {
        var it = badge.content();
        return new Badge(
                it.customer(), it.employee(), it.channel(), it.maxTotal(), epoch, it.validFrom(), it.validUntil());
    }

    private Signed<Revocations> revocations(long version, long epoch, Hash... badges) {
        return desk.sign(
                new Revocations(desk.customer.address(), epoch, version, Revocations.list(List.of(badges))),
                desk.customer);
    }
}
