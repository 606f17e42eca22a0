package io.crema.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.value.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A phone that is pulled away, and whose process dies, at any command of any tap. */
final class TearTest {
    private static final int MOST_COMMANDS = 14;

    /**
     * @param tears one tap each: twice the number of the command that is lost, plus 1 when the phone still does what it
     *     says; beyond the last command nothing is lost
     */
    @Property(tries = 150)
    void shouldGoOnAfterAnyTearAndNeverSignBesideACommittedReceipt(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 2 * MOST_COMMANDS + 1) Integer> tears)
            throws Exception {
        var desk = new Desk();
        Set<Hash> shown = new HashSet<>();
        for (var tear : tears) {
            desk.link = torn(desk, tear / 2, tear % 2 == 1);
            desk.press(Desk.ESPRESSO, 150);
            try {
                desk.tap();
                machineHas(desk, shown);
            } catch (TapLostException e) {
                // the machine has no signature and offers anew
            } catch (TapRefusedException e) {
                throw new AssertionError("refused after a tear: " + e.getMessage(), e);
            }
            assertThat(desk.wallet
                            .newest(desk.channel)
                            .filter(OwnReceipt::committed)
                            .map(OwnReceipt::digest))
                    .as("what the phone holds for committed, the machine has")
                    .matches(it -> it.isEmpty() || shown.contains(it.get()));
        }
        desk.link = torn(desk, Integer.MAX_VALUE, false);
        desk.press(Desk.ESPRESSO, 150);
        assertThat(desk.refusal()).isEmpty();
        assertThat(desk.wallet.sales()).extracting(PastSale::sequence).doesNotHaveDuplicates();
    }

    /** The machine made the receipt durable; COMMIT may be lost as any other command. */
    private static void machineHas(Desk desk, Set<Hash> shown) throws TapRefusedException {
        Receipt receipt = desk.proposed();
        shown.add(desk.domain.digest(receipt));
        try {
            desk.commit(desk.link);
        } catch (TapLostException e) {
            // the next PUT says the same
        }
        desk.previousBy(
                desk.employee, Optional.of(desk.sign(desk.badge(desk.employee, 10_000), desk.customer)), receipt);
    }

    private static TapLink torn(Desk desk, int at, boolean done) {
        var card = new PhoneCard(new Wallet(desk.employee, desk.domain, desk.store, () -> desk.now, desk.random));
        var count = new int[1];
        return apdu -> {
            var here = count[0]++;
            if (here < at) {
                return card.process(apdu);
            }
            if (here == at && done) {
                card.process(apdu);
            }
            throw new TapLostException("pulled away");
        };
    }
}
