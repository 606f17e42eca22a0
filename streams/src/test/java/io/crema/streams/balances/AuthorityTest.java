package io.crema.streams.balances;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.contracts.channel.SignedReceipt;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Signature;
import io.crema.streams.Sales;
import io.crema.streams.balances.Refusal.Code;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each reason for which a receipt does not bind the customer, judged as of the sale. */
class AuthorityTest {
    private static final long CHANGE = Sales.NOON + 1_000;
    private static final SigningKey ACTING = Sales.key("acting");

    private final Sales sales = new Sales();
    private final Parties parties = new Parties(sales.customer.address(), sales.payee, 0, 60);
    private final Signers signers = new Signers(Sales.PAYMENT);
    private final Authority authority = new Authority(signers);

    @Test
    void shouldAcceptWhatTheCustomersBadgeCovers() {
        assertThat(judge(Sales.NOON, sales.badge)).isEmpty();
        var forAll = badge(sales.employee.address(), Badge.ALL_CHANNELS, Amount.of(10), Sales.NOON, Sales.NOON + 1);
        assertThat(judge(Sales.NOON, forAll)).isEmpty();
    }

    @Test
    void shouldHoldABadgeToItsCap() {
        assertThat(judge(Sales.NOON, sales.badge(sales.employee.address(), Amount.of(9), 0, sales.customer)))
                .contains(Code.BADGE_ABOVE_CAP);
    }

    @Test
    void shouldHoldABadgeToItsTime() {
        var badge = badge(sales.employee.address(), sales.channel, Amount.MAX, Sales.NOON, Sales.NOON + 10);
        assertThat(judge(Sales.NOON - 1, badge)).contains(Code.BADGE_NOT_YET_VALID);
        assertThat(judge(Sales.NOON, badge)).isEmpty();
        assertThat(judge(Sales.NOON + 11, badge)).contains(Code.BADGE_EXPIRED);
    }

    @Test
    void shouldHoldABadgeToItsEmployeeChannelAndCustomer() {
        var another = Sales.key("another").address();
        assertThat(judge(Sales.NOON, badge(another, sales.channel, Amount.MAX, 0, Long.MAX_VALUE)))
                .contains(Code.BADGE_OTHER_EMPLOYEE);
        var elsewhere = new Sales(7).channel;
        assertThat(judge(Sales.NOON, badge(sales.employee.address(), elsewhere, Amount.MAX, 0, Long.MAX_VALUE)))
                .contains(Code.BADGE_OTHER_CHANNEL);
        var foreign = new Badge(another, sales.employee.address(), sales.channel, Amount.MAX, 0, 0, Long.MAX_VALUE);
        assertThat(judge(Sales.NOON, TypedData.sign(foreign, Sales.PAYMENT, sales.customer)))
                .contains(Code.BADGE_OTHER_CUSTOMER);
    }

    @Test
    void shouldWantABadgeFromAKeyOfTheCustomer() {
        var forged = sales.badge(sales.employee.address(), Amount.MAX, 0, Sales.key("thief"));
        assertThat(judge(Sales.NOON, forged)).contains(Code.WRONG_BADGE_SIGNER);
        var broken = new Signed<>(sales.badge.content(), Signature.of(new byte[64]));
        assertThat(judge(Sales.NOON, broken)).contains(Code.BAD_BADGE_SIGNATURE);
    }

    @Test
    void shouldJudgeKeysAndEpochsAsOfTheSale() {
        var keys = new Keys(List.of(
                new Keys.Key(0, sales.customer.address(), Optional.of(Instant.ofEpochSecond(CHANGE))),
                new Keys.Key(1, ACTING.address(), Optional.empty())));
        var old = sales.badge;
        var fresh = sales.badge(sales.employee.address(), Amount.MAX, 1, ACTING);
        var stale = sales.badge(sales.employee.address(), Amount.MAX, 0, ACTING);
        assertThat(judge(CHANGE - 1, old, keys)).as("drunk before the change").isEmpty();
        assertThat(judge(CHANGE, old, keys)).contains(Code.WRONG_BADGE_SIGNER);
        assertThat(judge(CHANGE, fresh, keys)).isEmpty();
        assertThat(judge(CHANGE - 1, fresh, keys))
                .as("machines knew the new key first")
                .isEmpty();
        assertThat(judge(CHANGE, stale, keys)).contains(Code.BADGE_OLD_EPOCH);
    }

    @Test
    void shouldTakeTheCustomersOwnReceiptsWithoutABadge() {
        assertThat(own(sales.customer, sales.customer.address())).isEmpty();
        assertThat(own(sales.employee, sales.employee.address())).contains(Code.WRONG_SIGNER);
        assertThat(own(sales.employee, sales.customer.address())).contains(Code.WRONG_SIGNER);
    }

    private Optional<Code> own(SigningKey signer, Address named) {
        var sale = sales.sale(10);
        var sold = new io.crema.contracts.typed.Sale(
                sale.machine(),
                sale.product(),
                sale.price(),
                sale.credit(),
                named,
                sale.tariff(),
                sale.time(),
                sale.salt());
        var receipt = TypedData.sign(sales.head.next(sold), Sales.PAYMENT, signer);
        return code(new SignedReceipt(receipt, sold, Optional.empty()), Keys.ownKeyOf(sales.customer.address()));
    }

    private Optional<Code> judge(long time, Signed<Badge> badge) {
        return judge(time, badge, Keys.ownKeyOf(sales.customer.address()));
    }

    private Optional<Code> judge(long time, Signed<Badge> badge, Keys keys) {
        return code(sales.receipt(sales.saleAt(10, time), sales.employee, badge), keys);
    }

    private Optional<Code> code(SignedReceipt receipt, Keys keys) {
        var candidate = Candidate.of(receipt, signers, new Place(0, 0, Instant.EPOCH), false, false);
        return authority.judge(candidate, parties, keys).map(Refusal::code);
    }

    private Signed<Badge> badge(Address employee, ChannelId channel, Amount cap, long from, long until) {
        var content = new Badge(sales.customer.address(), employee, channel, cap, 0, from, until);
        return TypedData.sign(content, Sales.PAYMENT, sales.customer);
    }
}
