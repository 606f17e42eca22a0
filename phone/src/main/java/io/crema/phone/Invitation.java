package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.typed.Domain;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a company hands to an employee's phone: the badge, and what makes it readable. As a link it fits into a mail or a
 * QR code.
 *
 * @param domain the payment domain that the badge is signed in
 * @param unit how the token's amounts are written
 * @param products names of the machines' products; at most 100
 */
public record Invitation(Domain domain, Company company, TokenUnit unit, List<String> products) {
    public static final String SCHEME = "crema:badge/";
    private static final int VERSION = 1;
    private static final int MOST_PRODUCTS = 100;
    private static final int LONGEST_LINK = 8192;

    public Invitation {
        if (products.size() > MOST_PRODUCTS) {
            throw new IllegalArgumentException(
                    "an invitation names at most %d products, got %d".formatted(MOST_PRODUCTS, products.size()));
        }
        products = List.copyOf(products);
    }

    /** The invitation as one line of text. */
    public String link() {
        var out = new ByteWriter().u8(VERSION).u64(domain.chainId()).address(domain.verifyingContract());
        company.write(out);
        out.u8(unit.decimals());
        Texts.write(out, unit.symbol());
        out.u8(products.size());
        products.forEach(it -> Texts.write(out, it));
        return SCHEME + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toBytes());
    }

    /** @throws IllegalArgumentException when the text is no whole invitation */
    public static Invitation parse(String link) {
        var text = link.strip();
        if (!text.startsWith(SCHEME) || text.length() > LONGEST_LINK) {
            throw new IllegalArgumentException("a badge's link starts with %s and has at most %d characters, got '%s'"
                    .formatted(SCHEME, LONGEST_LINK, text.substring(0, Math.min(40, text.length()))));
        }
        try {
            return ByteReader.whole(Base64.getUrlDecoder().decode(text.substring(SCHEME.length())), Invitation::read);
        } catch (MessageFormatException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the badge's link is damaged (%s); copy it whole, or ask for it again".formatted(e.getMessage()),
                    e);
        }
    }

    private static Invitation read(ByteReader in) {
        var version = in.u8();
        if (version != VERSION) {
            throw new MessageFormatException("version %d is unknown, expected %d".formatted(version, VERSION));
        }
        var domain = new Domain(in.u64(), in.address());
        var company = Company.read(in);
        var unit = new TokenUnit(in.u8(), Texts.read(in));
        var products = new ArrayList<String>();
        for (var left = in.u8(); left > 0; left--) {
            products.add(Texts.read(in));
        }
        return new Invitation(domain, company, unit, products);
    }
}
