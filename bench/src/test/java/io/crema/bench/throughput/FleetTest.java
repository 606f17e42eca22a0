package io.crema.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.ChannelHead;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import io.crema.events.ChannelOpened;
import io.crema.schemas.convert.Convert;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is measured is a load that counts. */
class FleetTest {
    private final Fleet fleet = new Fleet(20);

    @Test
    void shouldSellReceiptsThatFollowAndAreSigned() {
        for (var channel = 0; channel < fleet.channels(); channel++) {
            var head = ChannelHead.start(fleet.id(channel));
            for (var i = 0; i < 3; i++) {
                var sold = fleet.sell(channel, false);
                assertThat(head.isFollowedBy(sold.receipt().content(), sold.sale()))
                        .isTrue();
                assertThat(sold.receipt().isSignedBy(sold.sale().employee(), Fleet.PAYMENT))
                        .isTrue();
                head = ChannelHead.at(sold.receipt().content());
            }
        }
    }

    @Test
    void shouldHaveBadgesOfTheChannelsCustomer() {
        var opened = fleet.opened(11);

        assertThat(opened.getChannel()).isEqualTo(Convert.bytes32(fleet.id(11)));
        assertThat(badge(false).isSignedBy(customer(opened), Fleet.PAYMENT)).isTrue();
        assertThat(badge(true).isSignedBy(customer(opened), Fleet.PAYMENT)).isTrue();
    }

    @Test
    void shouldShowAWarmBadgeAgainAndAColdOneNever() {
        assertThat(IntStream.range(0, 5).mapToObj(i -> badge(false)).distinct()).hasSize(1);
        assertThat(IntStream.range(0, 5).mapToObj(i -> badge(true)).distinct()).hasSize(5);
    }

    private Signed<Badge> badge(boolean fresh) {
        return fleet.sell(11, fresh).badge().orElseThrow();
    }

    private static Address customer(ChannelOpened opened) {
        return Convert.address(opened.getCustomer());
    }
}
