package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer that lets this phone's key pay, or that the key belongs to.
 *
 * @param customer the company's address
 * @param signers the keys that may have signed for it: the acting key first, then former ones; at most 16
 * @param badge empty when the phone's key is itself a signer
 * @param name for the screen; may be empty
 */
public record Company(Address customer, List<Address> signers, Optional<Signed<Badge>> badge, String name) {
    private static final int MOST_SIGNERS = 16;
    private static final int LONGEST_NAME = 100;

    public Company {
        if (signers.isEmpty() || signers.size() > MOST_SIGNERS) {
            throw new IllegalArgumentException(
                    "company %s has %d signers; give its acting key and at most %d former ones"
                            .formatted(customer, signers.size(), MOST_SIGNERS - 1));
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a company's name has at most %d characters, got %d: %s..."
                    .formatted(LONGEST_NAME, name.length(), name.substring(0, LONGEST_NAME)));
        }
        signers = List.copyOf(signers);
    }

    /** A company without a name. */
    public Company(Address customer, List<Address> signers, Optional<Signed<Badge>> badge) {
        this(customer, signers, badge, "");
    }

    /** A company that signs with its own address. */
    public static Company of(Signed<Badge> badge) {
        var customer = badge.content().customer();
        return new Company(customer, List.of(customer), Optional.of(badge));
    }

    boolean signed(Signed<?> value, Domain domain) {
        return value.signer(domain).filter(signers::contains).isPresent();
    }

    void write(ByteWriter out) {
        out.address(customer).u8(signers.size());
        signers.forEach(out::address);
        out.u8(badge.isPresent() ? 1 : 0);
        badge.ifPresent(out::badge);
        Texts.write(out, name);
    }

    static Company read(ByteReader in) {
        var customer = in.address();
        var count = in.u8();
        if (count > MOST_SIGNERS) {
            throw new MessageFormatException("a company has at most %d signers, got %d".formatted(MOST_SIGNERS, count));
        }
        var signers = new ArrayList<Address>();
        for (var i = 0; i < count; i++) {
            signers.add(in.address());
        }
        return new Company(customer, signers, in.optional(ByteReader::badge), Texts.read(in));
    }
}
