package io.crema.edge.node;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.Command;
import io.crema.contracts.tap.Greeting;
import io.crema.contracts.tap.Proof;
import io.crema.contracts.tap.Response;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapStatus;
import io.crema.contracts.typed.Badge;
import io.crema.contracts.typed.Signed;
import io.crema.contracts.value.Hash;
import java.util.Arrays;
import java.util.Optional;

/** A phone with a genuine badge that shows whatever newest receipt it likes, and signs nothing. */
final class LyingPhone implements ApduHandler {
    private final SigningKey key;
    private final Signed<Badge> badge;
    private final Proof.Newest newest;
    private byte[] rest = new byte[0];

    LyingPhone(SigningKey key, Signed<Badge> badge, Proof.Newest newest) {
        this.key = key;
        this.badge = badge;
        this.newest = newest;
    }

    @Override
    public void deactivated() {}

    @Override
    public byte[] process(byte[] apdu) {
        var command = Command.decode(apdu).orElseThrow();
        var chained = (command.cla() & TapProtocol.CLA_CHAINED) != 0;
        var answer = chained
                ? Response.of(TapStatus.OK)
                : switch (command.ins()) {
                    case TapProtocol.SELECT -> part(new byte[] {TapProtocol.VERSION});
                    case TapProtocol.HELLO ->
                        part(new Greeting.Answer(TapProtocol.VERSION, key.address(), Hash.ZERO, Hash.ZERO, Hash.ZERO)
                                .encode());
                    case TapProtocol.PROVE -> part(new Proof.Answer(Optional.of(badge), Optional.of(newest)).encode());
                    case TapProtocol.GET_RESPONSE -> part(rest);
                    default -> Response.of(TapStatus.FAULT);
                };
        return answer.encode();
    }

    private Response part(byte[] answer) {
        if (answer.length <= TapProtocol.MOST_DATA) {
            return new Response(answer, TapStatus.OK.word());
        }
        rest = Arrays.copyOfRange(answer, TapProtocol.MOST_DATA, answer.length);
        return new Response(
                Arrays.copyOf(answer, TapProtocol.MOST_DATA), 0x6100 | Math.min(rest.length, TapProtocol.MOST_DATA));
    }
}
