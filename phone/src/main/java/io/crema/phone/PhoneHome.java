package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.value.Address;
import java.time.InstantSource;

/**
 * A wallet that remembers where it pays: the first invitation says on which chain, to which contract, in which unit. Not
 * thread-safe.
 */
public final class PhoneHome {
    private static final String PLACE = "place";
    private static final TokenUnit PLAIN = new TokenUnit(0, "");

    private final WalletStore store;
    private final WalletKey key;
    private final InstantSource clock;
    private final Nonces nonces;

    public PhoneHome(WalletStore store, WalletKey key, InstantSource clock, Nonces nonces) {
        this.store = store;
        this.key = key;
        this.clock = clock;
        this.nonces = nonces;
    }

    /** The wallet; before the first invitation one that has no badge. */
    public Wallet wallet() {
        return wallet(place().domain());
    }

    public TokenUnit unit() {
        return place().unit();
    }

    /**
     * Takes or renews a badge.
     *
     * @throws IllegalArgumentException when the badge is not for this phone or not the company's, or belongs to another
     *     deployment than the badges before it
     */
    public void accept(Invitation invitation) {
        var known = place();
        var other = invitation.domain();
        if (known.isKnown() && !known.domain().separator().equals(other.separator())) {
            throw new IllegalArgumentException("the badge belongs to %s, this wallet to %s; use a wallet of its own"
                    .formatted(other, known.domain()));
        }
        var wallet = wallet(other);
        wallet.join(invitation.company());
        wallet.learnNames(invitation.products());
        var place = new Place(other, invitation.unit());
        if (!place.isSameAs(known)) {
            store.put(PLACE, place.encode());
        }
    }

    private Wallet wallet(Domain domain) {
        return new Wallet(key, domain, store, clock, nonces);
    }

    private Place place() {
        return store.get(PLACE).map(Place::decode).orElse(Place.UNKNOWN);
    }

    private record Place(Domain domain, TokenUnit unit) {
        static final Place UNKNOWN = new Place(new Domain(0, Address.ZERO), PLAIN);

        boolean isKnown() {
            return this != UNKNOWN;
        }

        boolean isSameAs(Place other) {
            return domain.separator().equals(other.domain.separator()) && unit.equals(other.unit);
        }

        byte[] encode() {
            var out = new ByteWriter()
                    .u64(domain.chainId())
                    .address(domain.verifyingContract())
                    .u8(unit.decimals());
            Texts.write(out, unit.symbol());
            return out.toBytes();
        }

        static Place decode(byte[] bytes) {
            return ByteReader.whole(
                    bytes, in -> new Place(new Domain(in.u64(), in.address()), new TokenUnit(in.u8(), Texts.read(in))));
        }
    }
}
