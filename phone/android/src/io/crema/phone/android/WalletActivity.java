package io.crema.phone.android;

import android.app.Activity;
import android.app.AlertDialog;
import android.app.KeyguardManager;
import android.content.ClipboardManager;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.view.WindowManager;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;
import android.widget.Toast;
import io.crema.contracts.value.Amount;
import io.crema.phone.Company;
import io.crema.phone.Invitation;
import io.crema.phone.Limits;
import io.crema.phone.PastSale;
import io.crema.phone.PhoneHome;
import io.crema.phone.Purchase;
import io.crema.phone.TokenUnit;
import io.crema.phone.Wallet;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** The wallet's one screen: whether it pays, what it is asked, for whom, how much, and what it has paid. */
public final class WalletActivity extends Activity {
    private static final int UNLOCK = 1;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT);

    private Phone phone;
    private LinearLayout page;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        // nobody's screen recorder needs to see what somebody drinks
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_SECURE);
        phone = Phone.of(this);
        page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        int space = (int) (16 * getResources().getDisplayMetrics().density);
        page.setPadding(space, space, space, space);
        ScrollView scroll = new ScrollView(this);
        scroll.addView(page);
        scroll.setFitsSystemWindows(true);
        setContentView(scroll);
        take(getIntent());
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        take(intent);
    }

    @Override
    protected void onResume() {
        super.onResume();
        phone.watch(() -> runOnUiThread(this::draw));
        draw();
    }

    @Override
    protected void onPause() {
        phone.watch(() -> {});
        super.onPause();
    }

    private void draw() {
        page.removeAllViews();
        if (phone.key().isEmpty()) {
            text(R.string.no_key);
            button(R.string.unlock, this::unlock);
        } else if (phone.key().get().isLost()) {
            text(R.string.key_lost);
            button(R.string.new_key, this::makeKey);
        } else {
            phone.home().ifPresent(this::draw);
        }
        text(R.string.about_key).setTextSize(12);
    }

    private void draw(PhoneHome home) {
        Wallet wallet = home.wallet();
        TokenUnit unit = home.unit();
        if (wallet.isLocked()) {
            text(R.string.locked);
            button(R.string.unlock, this::unlock);
        } else {
            text(R.string.unlocked);
        }
        if (!phone.lastTap().isEmpty()) {
            text(phone.lastTap());
        }
        wallet.asked().ifPresent(it -> drawQuestion(wallet, unit, it));

        if (wallet.companies().isEmpty()) {
            text(R.string.no_badge);
        }
        for (Company company : wallet.companies()) {
            drawCompany(wallet, unit, company);
        }
        Limits limits = wallet.limits();
        text(getString(R.string.limits, shown(limits.withoutAsking(), unit), shown(limits.perDay(), unit)));
        button(R.string.change_limits, () -> askLimits(wallet, unit));

        text(R.string.last).setTextSize(18);
        if (wallet.sales().isEmpty()) {
            text(R.string.nothing_yet);
        }
        for (PastSale sale : wallet.sales()) {
            text(getString(
                    sale.committed() ? R.string.sale : R.string.sale_open,
                    when(sale.time()),
                    product(wallet, sale.product()),
                    unit.show(sale.price())));
        }
        text(getString(R.string.your_key, wallet.address()));
        button(R.string.share_key, this::shareKey);
        button(R.string.paste_badge, this::pasteBadge);
    }

    private void drawQuestion(Wallet wallet, TokenUnit unit, Purchase asked) {
        text(getString(R.string.confirm_question, unit.show(asked.price()), product(wallet, asked.product())))
                .setTextSize(22);
        button(R.string.yes, () -> {
            if (wallet.confirm(asked)) {
                say(getString(R.string.confirm_again));
            }
            draw();
        });
        button(R.string.no, () -> {
            wallet.decline();
            draw();
        });
    }

    private void drawCompany(Wallet wallet, TokenUnit unit, Company company) {
        String name = company.name().isEmpty() ? company.customer().hex() : company.name();
        company.badge().ifPresent(badge -> text(
                wallet.isRevoked(badge)
                        ? getString(R.string.badge_revoked, name)
                        : getString(
                                R.string.badge,
                                name,
                                unit.show(badge.content().maxTotal()),
                                when(badge.content().validUntil()))));
    }

    /** Asks for the phone's own lock; the keystore counts that as the owner being there. */
    private void unlock() {
        KeyguardManager keyguard = getSystemService(KeyguardManager.class);
        if (!keyguard.isDeviceSecure()) {
            say(getString(R.string.no_screen_lock));
            return;
        }
        startActivityForResult(
                keyguard.createConfirmDeviceCredentialIntent(
                        getString(R.string.unlock_title), getString(R.string.unlock_why)),
                UNLOCK);
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        super.onActivityResult(request, result, data);
        if (request == UNLOCK && result == RESULT_OK && phone.key().isEmpty()) {
            makeKey();
        }
        draw();
    }

    private void makeKey() {
        try {
            phone.makeKey();
        } catch (GeneralSecurityException e) {
            say(getString(R.string.fault, e.toString()));
        }
        draw();
    }

    private void shareKey() {
        phone.key().ifPresent(it -> startActivity(Intent.createChooser(
                new Intent(Intent.ACTION_SEND)
                        .setType("text/plain")
                        .putExtra(Intent.EXTRA_TEXT, it.address().hex()),
                null)));
    }

    private void pasteBadge() {
        ClipboardManager clipboard = getSystemService(ClipboardManager.class);
        if (clipboard.hasPrimaryClip()) {
            take(clipboard.getPrimaryClip().getItemAt(0).coerceToText(this).toString());
        }
        draw();
    }

    private void take(Intent intent) {
        if (intent != null && Intent.ACTION_VIEW.equals(intent.getAction()) && intent.getDataString() != null) {
            String link = intent.getDataString();
            setIntent(new Intent());
            take(link);
        }
    }

    private void take(String link) {
        try {
            Invitation invitation = Invitation.parse(link);
            phone.accept(invitation);
            say(getString(R.string.badge_taken, invitation.company().name()));
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
        }
    }

    private void askLimits(Wallet wallet, TokenUnit unit) {
        EditText each = field(R.string.limit_each, wallet.limits().withoutAsking(), unit);
        EditText day = field(R.string.limit_day, wallet.limits().perDay(), unit);
        LinearLayout fields = new LinearLayout(this);
        fields.setOrientation(LinearLayout.VERTICAL);
        fields.addView(each);
        fields.addView(day);
        new AlertDialog.Builder(this)
                .setTitle(R.string.change_limits)
                .setView(fields)
                .setPositiveButton(android.R.string.ok, (dialog, which) -> {
                    try {
                        wallet.limit(new Limits(read(each, unit), read(day, unit)));
                    } catch (IllegalArgumentException e) {
                        say(e.getMessage());
                    }
                    draw();
                })
                .setNegativeButton(android.R.string.cancel, null)
                .show();
    }

    private EditText field(int hint, Amount amount, TokenUnit unit) {
        EditText field = new EditText(this);
        field.setHint(hint);
        field.setText(amount.equals(Amount.MAX) ? "" : unit.show(amount));
        return field;
    }

    private static Amount read(EditText field, TokenUnit unit) {
        String text = field.getText().toString().strip();
        return text.isEmpty() ? Amount.MAX : unit.read(text);
    }

    private String shown(Amount limit, TokenUnit unit) {
        return limit.equals(Amount.MAX) ? getString(R.string.no_limit) : unit.show(limit);
    }

    private static String product(Wallet wallet, io.crema.contracts.value.ProductId product) {
        return wallet.name(product).orElseGet(() -> product.toString().substring(0, 10));
    }

    private static String when(long seconds) {
        return WHEN.format(Instant.ofEpochSecond(Math.min(seconds, 253_402_300_799L)).atZone(ZoneId.systemDefault()));
    }

    private TextView text(int id) {
        return text(getString(id));
    }

    private TextView text(String what) {
        TextView view = new TextView(this);
        view.setText(what);
        view.setPadding(0, 12, 0, 12);
        view.setTextIsSelectable(true);
        page.addView(view);
        return view;
    }

    private void button(int label, Runnable action) {
        Button button = new Button(this);
        button.setText(label);
        button.setOnClickListener((View view) -> action.run());
        page.addView(button);
    }

    private void say(String sentence) {
        Toast.makeText(this, sentence, Toast.LENGTH_LONG).show();
    }
}
