package io.crema.edge.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.edge.Office;
import io.crema.edge.Provisioning;
import io.crema.edge.node.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommissioningTest {
    private final Office office = new Office();
    private final Provisioning wanted = office.provisioning;
    private final Commissioning machine =
            new Commissioning(office.serial, wanted.payee(), office.machineKey.address(), office.domains);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldServeOnceAllIsKnownInWhateverOrder(long seed) {
        var facts = new ArrayList<>(facts());
        Collections.shuffle(facts, new Random(seed));
        for (var fact : facts) {
            assertThat(machine.complete()).isEmpty();
            assertThat(machine.missing()).contains("still missing");
            machine.learn(fact);
            machine.learn(fact);
        }

        assertThat(machine.missing()).isEmpty();
        assertThat(machine.complete().map(Provisioning::toJson))
                .contains(withEpoch(0).toJson());
    }

    @Test
    void shouldTakeTheEpochOfTheCustomer() {
        facts().forEach(machine::learn);
        machine.learn(new Fact.CustomerStanding(5, wanted.customer(), 3, Address.ZERO));

        assertThat(machine.complete().map(Provisioning::epoch)).contains(3L);
    }

    @Test
    void shouldNotTakeWhatOthersSigned() {
        var stranger = SigningKey.generate(office.random);
        var forged = TypedData.sign(wanted.placement().content(), office.domains.payment(), stranger);
        var priced = wanted.tariffs().getFirst();
        var dearer = new Provisioning.PricedTariff(
                TypedData.sign(priced.tariff().content(), office.domains.payment(), stranger), priced.prices());
        facts().stream()
                .filter(it -> it instanceof Fact.Rented || it instanceof Fact.ChannelStanding)
                .forEach(machine::learn);

        machine.learn(new Fact.Placed(forged));
        machine.learn(new Fact.Priced(dearer, Map.of()));

        assertThat(machine.missing()).contains("placement").contains("tariff");
    }

    @Test
    void shouldNotTakeWhatIsForAnotherMachineOrKey() {
        var other = new Office("CM-2");
        facts(other.provisioning).forEach(machine::learn);
        var elsewhere = new Commissioning(office.serial, wanted.payee(), Office.address(77), office.domains);
        facts().forEach(elsewhere::learn);

        assertThat(machine.complete()).isEmpty();
        assertThat(elsewhere.missing()).contains("placement");
    }

    @Test
    void shouldNameAllThatIsWrongWithAFile() {
        var forged = new Signed<>(
                wanted.placement().content(),
                wanted.tariffs().getFirst().tariff().signature());
        var bad =
                wanted.with(wanted.deposited(), 1440, forged, wanted.tariffs(), wanted.productNames(), 1, Address.ZERO);

        assertThat(ImportCheck.faults(
                        wanted, office.serial, wanted.payee(), office.machineKey.address(), Optional.empty()))
                .isEmpty();
        assertThat(ImportCheck.faults(bad, "CM-9", wanted.payee(), Office.address(5), Optional.of(office.domains)))
                .hasSize(3);
    }

    private List<Fact> facts() {
        return facts(wanted);
    }

    private static List<Fact> facts(Provisioning it) {
        return List.of(
                new Fact.Rented(1, it.customer(), it.payee(), it.index()),
                new Fact.ChannelStanding(
                        2,
                        it.channel(),
                        it.deposited(),
                        Amount.ZERO,
                        it.challengePeriodMinutes(),
                        Optional.empty(),
                        false),
                new Fact.Placed(it.placement()),
                new Fact.Priced(it.tariffs().getFirst(), it.productNames()));
    }

    private Provisioning withEpoch(long epoch) {
        return wanted.with(
                wanted.deposited(),
                wanted.challengePeriodMinutes(),
                wanted.placement(),
                wanted.tariffs(),
                wanted.productNames(),
                epoch,
                wanted.signer());
    }
}
