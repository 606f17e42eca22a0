package io.crema.phone.android;

import android.nfc.cardemulation.HostApduService;
import android.os.Bundle;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.Response;
import io.crema.contracts.tap.TapStatus;

/** Hands what a machine's reader sends to the wallet. */
public final class TapService extends HostApduService {

    @Override
    public byte[] processCommandApdu(byte[] apdu, Bundle extras) {
        return Phone.of(this)
                .card()
                .map(it -> it.process(apdu))
                .orElseGet(() -> Response.of(TapStatus.NO_BADGE).encode());
    }

    @Override
    public void onDeactivated(int reason) {
        Phone.of(this).card().ifPresent(ApduHandler::deactivated);
    }
}
