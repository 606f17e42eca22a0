package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ProductId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ConsentTest {
    private static final ProductId LATTE = ProductId.named("Latte");

    private final Desk desk = new Desk();

    @Test
    void shouldShowWhatItAsksAndSignExactlyThatOnce() throws Exception {
        desk.wallet.limit(new Limits(Amount.of(100), Amount.MAX));
        assertThat(desk.refusal()).contains(TapStatus.MUST_CONFIRM);
        assertThat(desk.refused).containsExactly(TapStatus.MUST_CONFIRM);

        var asked = desk.wallet.asked().orElseThrow();
        assertThat(asked.price()).isEqualTo(Amount.of(150));
        assertThat(desk.wallet.name(asked.product())).contains("Espresso");
        assertThat(desk.wallet.confirm(asked)).isTrue();
        assertThat(desk.wallet.asked()).isEmpty();

        desk.press(LATTE, 250);
        assertThat(desk.refusal()).contains(TapStatus.MUST_CONFIRM);
        desk.press(Desk.ESPRESSO, 150);
        assertThat(desk.refusal()).isEmpty();
        desk.poured(150);
        assertThat(desk.refusal()).contains(TapStatus.MUST_CONFIRM);
    }

    @Test
    void shouldNotAskAgainForTheSameSignature() throws Exception {
        desk.wallet.limit(new Limits(Amount.of(100), Amount.MAX));
        desk.refusal();
        desk.wallet.confirm(desk.wallet.asked().orElseThrow());
        var signature = desk.tap();
        assertThat(desk.tap()).isEqualTo(signature);
    }

    @Test
    void shouldForgetConsentAndQuestionInTime() {
        desk.wallet.limit(new Limits(Amount.of(100), Amount.MAX));
        desk.refusal();
        var asked = desk.wallet.asked().orElseThrow();
        desk.now = desk.now.plusSeconds(Wallet.SECONDS_TO_CONFIRM + 1);
        assertThat(desk.wallet.asked()).isEmpty();
        assertThat(desk.wallet.confirm(asked)).isFalse();

        desk.press(Desk.ESPRESSO, 150);
        desk.refusal();
        assertThat(desk.wallet.confirm(asked)).isTrue();
        desk.now = desk.now.plusSeconds(Wallet.SECONDS_TO_TAP_AGAIN + 1);
        assertThat(desk.refusal()).contains(TapStatus.MUST_CONFIRM);

        desk.wallet.decline();
        assertThat(desk.wallet.asked()).isEmpty();
        assertThat(desk.wallet.confirm(asked)).isFalse();
    }

    @Test
    void shouldPayOnlyWhileUnlockedWhereTheLimitsSaySo() {
        desk.wallet.limit(new Limits(Amount.MAX, Amount.MAX, true));
        assertThat(desk.wallet.isLocked()).isTrue();
        assertThat(desk.refusal()).contains(TapStatus.LOCKED);

        desk.wallet.unlock(desk.now.plusSeconds(60));
        assertThat(desk.wallet.unlockedUntil()).contains(desk.now.plusSeconds(60));
        assertThat(desk.refusal()).isEmpty();

        var then = desk.now;
        desk.now = then.plusSeconds(60);
        assertThat(desk.refusal()).contains(TapStatus.LOCKED);
        desk.now = then.minusSeconds(1);
        assertThat(desk.refusal()).as("a clock set back").contains(TapStatus.LOCKED);
        desk.now = then;
        desk.wallet.lock();
        assertThat(desk.refusal()).contains(TapStatus.LOCKED);
    }

    @Test
    void shouldKeepUnlockingConsentAndLimitsForTheNextProcess() {
        desk.wallet.limit(new Limits(Amount.of(100), Amount.of(1000), true));
        desk.wallet.unlock(desk.now.plusSeconds(60));
        desk.refusal();
        var next = new Wallet(desk.employee, desk.domain, desk.store, () -> desk.now, desk.random);
        assertThat(next.limits()).isEqualTo(new Limits(Amount.of(100), Amount.of(1000), true));
        assertThat(next.confirm(next.asked().orElseThrow())).isTrue();
        assertThat(desk.refusal()).isEmpty();
        assertThat(next.companies()).hasSize(1);
        assertThat(next.spentToday()).isEqualTo(Amount.of(150));
    }

    @Test
    void shouldStoreNothingWhenTheKeyLocksDuringTheTap() {
        var key = new LockableKey(desk.employee);
        var wallet = new Wallet(key, desk.domain, desk.store, () -> desk.now, desk.random::nextBytes);
        var card = new PhoneCard(wallet);
        desk.link = apdu -> {
            key.locked = apdu[1] == 0x16;
            return card.process(apdu);
        };
        assertThat(desk.refusal()).contains(TapStatus.LOCKED);
        assertThat(wallet.newest(desk.channel)).isEmpty();
        key.locked = true;
        assertThat(wallet.isLocked()).isTrue();
    }

    @Test
    void shouldCountTheDearerReceiptThatAMachineMayHaveKept() throws Exception {
        desk.wallet.limit(new Limits(Amount.MAX, Amount.of(550)));
        desk.press(LATTE, 250);
        assertThat(desk.refusal()).isEmpty();
        var kept = desk.proposed();
        desk.press(Desk.ESPRESSO, 150);
        assertThat(desk.refusal()).isEmpty();

        desk.previousBy(desk.employee, Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)), kept);
        desk.press(LATTE, 250);
        assertThat(desk.refusal()).isEmpty();
        var second = desk.proposed();
        desk.press(Desk.ESPRESSO, 150);
        desk.refusal();

        desk.previousBy(
                desk.employee, Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)), second);
        desk.press(LATTE, 250);
        assertThat(desk.refusal()).contains(TapStatus.LIMIT_REACHED);
    }

    /** Whatever is pressed, paid, poured or lost on a day: what was signed and may count stays within its limit. */
    @Property(tries = 100)
    void shouldNeverSignBeyondTheDay(
            @ForAll @Size(max = 25) List<@IntRange(max = 5) Integer> steps, @ForAll @IntRange(max = 1500) int perDay)
            throws Exception {
        var day = new Desk();
        day.wallet.limit(new Limits(Amount.MAX, Amount.of(perDay)));
        var signedNotPoured = Optional.<Long>empty();
        var poured = 0L;
        for (var step : steps) {
            var price = step % 2 == 0 ? 150 : 250;
            day.press(price == 150 ? Desk.ESPRESSO : LATTE, price);
            if (day.refusal().isEmpty()) {
                signedNotPoured = Optional.of((long) price);
                if (step > 2) {
                    poured += price;
                    day.poured(price);
                    signedNotPoured = Optional.empty();
                }
            }
            assertThat(poured + signedNotPoured.orElse(0L)).isLessThanOrEqualTo(perDay);
        }
    }
}
