package io.crema.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChannelHeadTest {
    private static final ChannelId CHANNEL = ChannelId.of(Address.ZERO, Address.ZERO, 1);

    @Property
    void shouldBeFollowedByItsNextReceiptAndNoOther(@ForAll("sales") @Size(max = 8) List<Sale> sales) {
        var head = ChannelHead.start(CHANNEL);
        for (var sale : sales) {
            if (sale.credit().exceeds(sale.price())) {
                var before = head;
                assertThatThrownBy(() -> before.next(sale)).isInstanceOf(ArithmeticException.class);
                var zero = new Receipt(CHANNEL, head.sequence() + 1, head.total(), Hash.ZERO);
                assertThat(head.isFollowedBy(zero, sale)).isFalse();
                continue;
            }
            var next = head.next(sale);
            assertThat(head.isFollowedBy(next, sale)).isTrue();
            assertThat(next.total().compareTo(head.total())).isNotNegative();
            assertThat(next.history())
                    .isEqualTo(Keccak.hash(
                            head.history().bytes(), sale.structHash().bytes()));
            assertOthersDoNotFollow(head, next, sale);
            assertThat(ChannelHead.at(next).isFollowedBy(next, sale)).isFalse();
            head = ChannelHead.at(next);
        }
    }

    private static void assertOthersDoNotFollow(ChannelHead head, Receipt next, Sale sale) {
        var one = Amount.of(1);
        var others = List.of(
                new Receipt(new ChannelId(Hash.ZERO), next.sequence(), next.total(), next.history()),
                new Receipt(next.channel(), next.sequence() + 1, next.total(), next.history()),
                new Receipt(next.channel(), next.sequence(), next.total().plus(one), next.history()),
                new Receipt(next.channel(), next.sequence(), next.total(), Hash.ZERO));
        assertThat(others).noneMatch(other -> head.isFollowedBy(other, sale));
        var later = sale(sale.price(), sale.credit(), sale.time() + 1);
        assertThat(head.isFollowedBy(next, later)).isFalse();
    }

    @Test
    void shouldStartFromTheChannelId() {
        assertThat(ChannelHead.start(CHANNEL)).isEqualTo(new ChannelHead(CHANNEL, 0, Amount.ZERO, CHANNEL.value()));
    }

    @Test
    void shouldRefuseATotalBeyondTheHighestAmount() {
        var full = new ChannelHead(CHANNEL, 9, Amount.MAX, Hash.ZERO);
        var paid = sale(Amount.of(1), Amount.ZERO, 0);
        assertThatThrownBy(() -> full.next(paid)).isInstanceOf(ArithmeticException.class);
        assertThat(full.isFollowedBy(new Receipt(CHANNEL, 10, Amount.MAX, Hash.ZERO), paid))
                .isFalse();
        var free = sale(Amount.of(1), Amount.of(1), 0);
        assertThat(full.isFollowedBy(full.next(free), free)).isTrue();
    }

    @Provide
    Arbitrary<List<Sale>> sales() {
        var amounts = Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, BigInteger.valueOf(10_000_000))
                .map(Amount::new);
        return Combinators.combine(amounts, amounts, Arbitraries.longs().between(0, 1L << 40))
                .as(ChannelHeadTest::sale)
                .list()
                .ofMaxSize(8);
    }

    private static Sale sale(Amount price, Amount credit, long time) {
        return new Sale(
                new MachineId(TypedData.keccak("machine")),
                ProductId.named("Espresso"),
                price,
                credit,
                Address.ZERO,
                1,
                time,
                TypedData.keccak("salt"));
    }
}
