package io.crema.phone.android;

import android.content.Context;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapStatus;
import io.crema.phone.FileWalletStore;
import io.crema.phone.Invitation;
import io.crema.phone.OwnReceipt;
import io.crema.phone.PhoneCard;
import io.crema.phone.PhoneHome;
import io.crema.phone.TapWatcher;
import io.crema.phone.Wallet;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The one wallet of this app, shared by the service and the screen. Both run on the app's main thread. */
final class Phone implements TapWatcher {
    private static Phone instance;

    private final Context context;
    private final FileWalletStore store;
    private final SecureRandom random = new SecureRandom();
    private Optional<KeystoreKey> key;
    private Optional<PhoneHome> home = Optional.empty();
    private Optional<ApduHandler> card = Optional.empty();
    private Runnable screen = () -> {};
    private String lastTap = "";

    private Phone(Context context) {
        this.context = context;
        store = new FileWalletStore(context.getNoBackupFilesDir().toPath().resolve("wallet"));
        key = KeystoreKey.load(store);
        open();
    }

    static synchronized Phone of(Context context) {
        if (instance == null) {
            instance = new Phone(context.getApplicationContext());
        }
        return instance;
    }

    private void open() {
        home = key.map(it -> new PhoneHome(store, it, Clock.systemUTC(), random::nextBytes));
        card = home.map(it -> new PhoneCard(it.wallet(), this));
    }

    Optional<KeystoreKey> key() {
        return key;
    }

    void makeKey() throws GeneralSecurityException {
        key = Optional.of(KeystoreKey.create(store));
        open();
    }

    /** Empty before there is a key. */
    Optional<PhoneHome> home() {
        return home;
    }

    Optional<ApduHandler> card() {
        return card;
    }

    void accept(Invitation invitation) {
        home.orElseThrow(() -> new IllegalArgumentException(context.getString(R.string.no_key)))
                .accept(invitation);
        open();
    }

    /** What the last tap came to, for the screen. */
    String lastTap() {
        return lastTap;
    }

    /** @param changed run when a tap has changed something */
    void watch(Runnable changed) {
        screen = changed;
    }

    @Override
    public void refused(TapStatus status) {
        tell(status.sentence());
    }

    @Override
    public void committed(OwnReceipt receipt) {
        home.ifPresent(it -> {
            Wallet wallet = it.wallet();
            tell(context.getString(
                    R.string.paid,
                    wallet.name(receipt.receipt().sale().product()).orElse("")
                            + " "
                            + it.unit().show(receipt.receipt().sale().price())));
        });
    }

    @Override
    public void failed(RuntimeException fault) {
        tell(context.getString(R.string.fault, fault.toString()));
    }

    private void tell(String sentence) {
        lastTap = sentence;
        screen.run();
    }
}
