package io.crema.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.ProductId;
import org.junit.jupiter.api.Test;

class BadgeRuleTest {
    private static final Address CUSTOMER = Address.fromHex("0x" + "11".repeat(20));
    private static final Address EMPLOYEE = Address.fromHex("0x" + "22".repeat(20));
    private static final Address OTHER = Address.fromHex("0x" + "33".repeat(20));
    private static final ChannelId CHANNEL = ChannelId.of(CUSTOMER, OTHER, 1);
    private static final long FROM = 1_000;
    private static final long UNTIL = 2_000;
    private static final Badge BADGE = new Badge(CUSTOMER, EMPLOYEE, CHANNEL, Amount.of(500), 3, FROM, UNTIL);

    @Test
    void shouldCountWithinItsBounds() {
        assertThat(judge(BADGE, 500, FROM, 3)).isEqualTo(BadgeRule.COUNTS);
        assertThat(judge(BADGE, 0, UNTIL, 2)).isEqualTo(BadgeRule.COUNTS);
    }

    @Test
    void shouldCountOnEveryChannelOfTheCustomerIfItSaysSo() {
        var all = new Badge(CUSTOMER, EMPLOYEE, Badge.ALL_CHANNELS, Amount.of(500), 3, FROM, UNTIL);
        assertThat(judge(all, 500, FROM, 3)).isEqualTo(BadgeRule.COUNTS);
    }

    @Test
    void shouldNotCountForOthers() {
        var customers = new Badge(OTHER, EMPLOYEE, CHANNEL, Amount.of(500), 3, FROM, UNTIL);
        assertThat(judge(customers, 500, FROM, 3)).isEqualTo(BadgeRule.OTHER_CUSTOMER);
        var employees = new Badge(CUSTOMER, OTHER, CHANNEL, Amount.of(500), 3, FROM, UNTIL);
        assertThat(judge(employees, 500, FROM, 3)).isEqualTo(BadgeRule.OTHER_EMPLOYEE);
        var channels = new Badge(CUSTOMER, EMPLOYEE, ChannelId.of(CUSTOMER, OTHER, 2), Amount.of(500), 3, FROM, UNTIL);
        assertThat(judge(channels, 500, FROM, 3)).isEqualTo(BadgeRule.OTHER_CHANNEL);
    }

    @Test
    void shouldNotCountOutsideItsBounds() {
        assertThat(judge(BADGE, 501, FROM, 3)).isEqualTo(BadgeRule.ABOVE_CAP);
        assertThat(judge(BADGE, 500, FROM, 4)).isEqualTo(BadgeRule.OLD_EPOCH);
        assertThat(judge(BADGE, 500, FROM - 1, 3)).isEqualTo(BadgeRule.NOT_YET_VALID);
        assertThat(judge(BADGE, 500, UNTIL + 1, 3)).isEqualTo(BadgeRule.EXPIRED);
    }

    private static BadgeRule judge(Badge badge, long total, long time, long epoch) {
        var receipt = new Receipt(CHANNEL, 1, Amount.of(total), Hash.ZERO);
        var sale = new Sale(
                new MachineId(TypedData.keccak("machine")),
                ProductId.named("Espresso"),
                Amount.of(total),
                Amount.ZERO,
                EMPLOYEE,
                1,
                time,
                Hash.ZERO);
        return BadgeRule.judge(badge, receipt, sale, CUSTOMER, epoch);
    }
}
