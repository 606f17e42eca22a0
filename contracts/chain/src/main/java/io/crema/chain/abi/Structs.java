package io.crema.chain.abi;

import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.typed.Acceptance;
import io.crema.contracts.typed.Attestation;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Signature;
import java.math.BigInteger;

/** PaymentProvider's and RentalProvider's structs, as their wrappers name them. Pure. */
public final class Structs {
    private static final byte[] ZERO = new byte[32];

    private Structs() {}

    /** What redeems a receipt that the customer's own key, or its acting key, signed. */
    public static PaymentProvider.Redemption redemption(Address customer, long index, Signed<Receipt> receipt) {
        var content = receipt.content();
        return new PaymentProvider.Redemption(
                customer.hex(),
                u64(index),
                u64(content.sequence()),
                content.total().value(),
                content.history().bytes(),
                receipt.signature().r(),
                receipt.signature().vs());
    }

    /** What redeems a receipt that an employee signed. */
    public static PaymentProvider.BadgedRedemption redemption(
            Address customer, long index, Signed<Receipt> receipt, Signed<Badge> badge) {
        return new PaymentProvider.BadgedRedemption(redemption(customer, index, receipt), badge(badge));
    }

    public static RentalProvider.Offer offer(Offer offer) {
        return new RentalProvider.Offer(
                offer.manufacturer().hex(),
                offer.customer().hex(),
                offer.machine().bytes(),
                terms(offer.terms()),
                u64(offer.validUntil()),
                offer.nonce());
    }

    public static RentalProvider.Acceptance acceptance(Acceptance acceptance) {
        return new RentalProvider.Acceptance(
                acceptance.offer().bytes(), acceptance.deposit().value(), u64(acceptance.validUntil()));
    }

    public static RentalProvider.Signature signature(Signature signature) {
        return new RentalProvider.Signature(signature.r(), signature.vs());
    }

    public static RentalProvider.Attestation attestation(Attestation attestation) {
        return new RentalProvider.Attestation(
                attestation.machine().bytes(),
                attestation.subject().bytes(),
                BigInteger.valueOf(attestation.verdict()),
                u64(attestation.time()),
                attestation.evidence().bytes());
    }

    /** No permit: the allowance must do. */
    public static RentalProvider.Permit noPermit() {
        return new RentalProvider.Permit(BigInteger.ZERO, BigInteger.ZERO, ZERO, ZERO);
    }

    /**
     * The token owner's signed EIP-2612 permit for PaymentProvider.
     *
     * @param deadline seconds since 1970, not 0
     */
    public static RentalProvider.Permit permit(Amount value, long deadline, Signature signature) {
        return new RentalProvider.Permit(value.value(), u64(deadline), signature.r(), signature.vs());
    }

    private static PaymentProvider.Badge badge(Signed<Badge> signed) {
        var badge = signed.content();
        return new PaymentProvider.Badge(
                badge.employee().hex(),
                badge.channel().bytes(),
                badge.maxTotal().value(),
                u64(badge.epoch()),
                u64(badge.validFrom()),
                u64(badge.validUntil()),
                signed.signature().r(),
                signed.signature().vs());
    }

    private static RentalProvider.Terms terms(Terms terms) {
        return new RentalProvider.Terms(
                terms.token().hex(),
                terms.minDeposit().value(),
                u64(terms.challengePeriod()),
                u64(terms.minimumTerm()),
                u64(terms.notice()),
                terms.downtimePerHour().value(),
                terms.downtimeCap().value(),
                terms.bond().value(),
                terms.document().bytes());
    }

    private static BigInteger u64(long value) {
        return BigInteger.valueOf(value);
    }
}
