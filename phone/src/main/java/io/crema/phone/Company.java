package io.crema.phone;

import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import java.util.List;
import java.util.Optional;

/**
 * A customer that lets this phone's key pay, or that the key belongs to.
 *
 * @param customer the company's address
 * @param signers the keys that may have signed for it: the acting key first, then former ones
 * @param badge empty when the phone's key is itself a signer
 */
public record Company(Address customer, List<Address> signers, Optional<Signed<Badge>> badge) {
    public Company {
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("company " + customer + " has no signer; give its acting key");
        }
        signers = List.copyOf(signers);
    }

    /** A company that signs with its own address. */
    public static Company of(Signed<Badge> badge) {
        var customer = badge.content().customer();
        return new Company(customer, List.of(customer), Optional.of(badge));
    }

    boolean signed(Signed<?> value, Domain domain) {
        return value.signer(domain).filter(signers::contains).isPresent();
    }
}
