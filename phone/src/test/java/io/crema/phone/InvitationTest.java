package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Amount;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class InvitationTest {
    private final Desk desk = new Desk();
    private final Company company = Company.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer));
    private final Invitation invitation = new Invitation(
            desk.domain,
            new Company(company.customer(), company.signers(), company.badge(), "Café Ltd"),
            new TokenUnit(2, "EUR"),
            List.of("Espresso", "Iced Matcha"));

    @Test
    void shouldTravelAsALink() {
        var read = Invitation.parse("  " + invitation.link() + "\n");
        assertThat(read.company()).isEqualTo(invitation.company());
        assertThat(read.unit()).isEqualTo(invitation.unit());
        assertThat(read.products()).isEqualTo(invitation.products());
        assertThat(read.domain().separator()).isEqualTo(desk.domain.separator());
        assertThat(invitation.link()).hasSizeLessThan(600);
    }

    @Property
    void shouldSayWhatIsWrongWithADamagedLink(@ForAll @IntRange(max = 300) int at, @ForAll char with) {
        var link = invitation.link();
        var damaged = new StringBuilder(link);
        damaged.setCharAt(at % link.length(), with);
        try {
            Invitation.parse(damaged.toString());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("badge's link");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Invitation.parse(link.substring(0, at % link.length())));
    }

    @Test
    void shouldOpenTheWalletWhereTheFirstBadgeBelongs() {
        var store = new MemoryWalletStore();
        var home = new PhoneHome(store, WalletKey.of(desk.employee), () -> desk.now, desk.random::nextBytes);
        desk.link = new PhoneCard(home.wallet())::process;
        assertThat(desk.refusal()).contains(TapStatus.NO_BADGE);

        home.accept(invitation);
        desk.link = new PhoneCard(home.wallet())::process;
        assertThat(desk.refusal()).isEmpty();
        assertThat(home.unit().show(home.wallet().sales().getFirst().price())).isEqualTo("1.50 EUR");

        var elsewhere = new Invitation(new Domain(1, desk.customer.address()), company, invitation.unit(), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> home.accept(elsewhere))
                .withMessageContaining("chainId=1,");
    }

    @Property
    void shouldReadTheAmountsThatItShows(
            @ForAll @BigRange(min = "0", max = "79228162514264337593543950335") BigInteger value,
            @ForAll @IntRange(max = 36) int decimals) {
        var unit = new TokenUnit(decimals, "EUR");
        assertThat(unit.read(unit.show(new Amount(value)))).isEqualTo(new Amount(value));
    }

    @Test
    void shouldNameAnAmountThatItCannotRead() {
        var unit = new TokenUnit(2, "EUR");
        for (var text : List.of("", "1,50", "-1", "1.234", "1e3", "1.", "99999999999999999999999999999999")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unit.read(text))
                    .withMessageContaining("'" + text + "'");
        }
    }
}
