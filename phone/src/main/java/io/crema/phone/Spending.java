package io.crema.phone;

import io.crema.contracts.tap.ByteReader;
import io.crema.contracts.tap.ByteWriter;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Sale;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The employee's own rules: limits, unlocking, and the consent to single purchases. Everything is read where it is
 * needed, so that another process (the terminal beside a tap) may change it.
 */
final class Spending {
    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final String LIMITS = "limits";
    private static final String UNLOCKED = "unlocked";
    private static final String ASKED = "asked";
    private static final String AGREED = "agreed";
    private static final String SPENT = "spent";
    private static final byte[] NOTHING = new byte[0];

    private final WalletStore store;
    private final InstantSource clock;

    Spending(WalletStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Limits limits() {
        return value(LIMITS).map(Limits::decode).orElse(Limits.NONE);
    }

    void limit(Limits chosen) {
        store.put(LIMITS, chosen.encode());
    }

    void unlock(long until) {
        store.put(UNLOCKED, new ByteWriter().u64(now()).u64(until).toBytes());
    }

    void lock() {
        store.put(UNLOCKED, NOTHING);
    }

    /** Seconds since 1970; 0 when locked. A clock set back before the unlocking locks, too. */
    long unlockedUntil() {
        return value(UNLOCKED)
                .map(ByteReader::new)
                .filter(in -> in.u64() <= now())
                .map(ByteReader::u64)
                .filter(until -> now() < until)
                .orElse(0L);
    }

    Optional<Purchase> asked() {
        return fresh(ASKED, Wallet.SECONDS_TO_CONFIRM);
    }

    /** @return false when this is not what the machine asked for last, or it was too long ago */
    boolean agree(Purchase shown) {
        if (asked().filter(shown::isSameAs).isEmpty()) {
            return false;
        }
        store.put(AGREED, shown.at(now()).encode());
        store.put(ASKED, NOTHING);
        return true;
    }

    void decline() {
        store.put(ASKED, NOTHING);
        store.put(AGREED, NOTHING);
    }

    /** Whether the employee's rules let this sale be signed; what is not agreed to yet is asked. */
    TapStatus judge(ChannelId channel, Sale sale, Optional<OwnReceipt> replaced) {
        var limits = limits();
        if (limits.onlyUnlocked() && unlockedUntil() == 0) {
            return TapStatus.LOCKED;
        }
        if (limits.hasDay() && paid(sale).exceeds(limits.perDay().minusOrZero(spentBeside(replaced)))) {
            return TapStatus.LIMIT_REACHED;
        }
        if (!sale.price().exceeds(limits.withoutAsking())) {
            return TapStatus.OK;
        }
        var purchase = Purchase.of(channel, sale, now());
        if (agreed().filter(purchase::isSameAs).isPresent()) {
            return TapStatus.OK;
        }
        store.put(ASKED, purchase.encode());
        return TapStatus.MUST_CONFIRM;
    }

    /**
     * Counts the sale and uses up the consent to it, before the signature leaves. The count never falls within a day: a
     * machine may keep the dearer receipt that a cheaper one was to replace.
     */
    void spend(ChannelId channel, Sale sale, Optional<OwnReceipt> replaced) {
        var limits = limits();
        if (limits.hasDay()) {
            store.put(
                    SPENT,
                    new ByteWriter()
                            .u64(today())
                            .amount(spentBeside(replaced).plus(paid(sale)).max(spentToday()))
                            .toBytes());
        }
        if (sale.price().exceeds(limits.withoutAsking())
                && agreed().filter(Purchase.of(channel, sale, 0)::isSameAs).isPresent()) {
            store.put(AGREED, NOTHING);
        }
    }

    Amount spentToday() {
        return value(SPENT)
                .map(ByteReader::new)
                .filter(in -> in.u64() == today())
                .map(ByteReader::amount)
                .orElse(Amount.ZERO);
    }

    /** Today's spending without the receipt that is signed anew, if that was of today. */
    private Amount spentBeside(Optional<OwnReceipt> replaced) {
        return spentToday()
                .minusOrZero(replaced.map(it -> it.receipt().sale())
                        .filter(it -> it.time() / SECONDS_OF_A_DAY == today())
                        .map(Spending::paid)
                        .orElse(Amount.ZERO));
    }

    private Optional<Purchase> agreed() {
        return fresh(AGREED, Wallet.SECONDS_TO_TAP_AGAIN);
    }

    private Optional<Purchase> fresh(String name, long seconds) {
        return value(name).map(Purchase::decode).filter(it -> it.time() <= now() && now() - it.time() <= seconds);
    }

    private Optional<byte[]> value(String name) {
        return store.get(name).filter(it -> it.length > 0);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private long today() {
        return now() / SECONDS_OF_A_DAY;
    }

    private static Amount paid(Sale sale) {
        return sale.price().minusOrZero(sale.credit());
    }
}
