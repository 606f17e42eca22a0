package io.crema.contracts.tap;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The reader's side of the link, message by message: splits long messages into chained commands and collects answers
 * that come in parts (ISO 7816-4: command chaining, 61xx and GET RESPONSE). For one tap, one thread.
 */
public final class TapDialogue {
    private final TapLink link;

    public TapDialogue(TapLink link) {
        this.link = link;
    }

    /** Opens the wallet. */
    public byte[] select() throws TapLostException, TapRefusedException {
        return collect(transmit(new Command(TapProtocol.CLA_ISO, TapProtocol.SELECT, 4, 0, TapProtocol.aid())));
    }

    /**
     * Sends one message and returns the whole answer.
     *
     * @throws TapRefusedException when any part is answered by a refusal
     */
    public byte[] exchange(int instruction, byte[] message) throws TapLostException, TapRefusedException {
        var from = 0;
        while (message.length - from > TapProtocol.MOST_DATA) {
            var block = Arrays.copyOfRange(message, from, from + TapProtocol.MOST_DATA);
            var cla = TapProtocol.CLA_CREMA | TapProtocol.CLA_CHAINED;
            var answer = transmit(new Command(cla, instruction, 0, 0, block));
            if (answer.word() != TapStatus.OK.word()) {
                throw new TapRefusedException(answer.word());
            }
            from += block.length;
        }
        var last = Arrays.copyOfRange(message, from, message.length);
        return collect(transmit(new Command(TapProtocol.CLA_CREMA, instruction, 0, 0, last)));
    }

    private byte[] collect(Response first) throws TapLostException, TapRefusedException {
        var answer = first;
        var whole = new ByteArrayOutputStream(256);
        while (answer.word() >>> 8 == 0x61) {
            whole.writeBytes(answer.data());
            if (answer.data().length == 0 || whole.size() > TapProtocol.MOST_MESSAGE) {
                throw new TapLostException("the phone's answer has no end");
            }
            answer = transmit(new Command(TapProtocol.CLA_ISO, TapProtocol.GET_RESPONSE, 0, 0, new byte[0]));
        }
        if (answer.word() != TapStatus.OK.word()) {
            throw new TapRefusedException(answer.word(), answer.data());
        }
        whole.writeBytes(answer.data());
        return whole.toByteArray();
    }

    private Response transmit(Command command) throws TapLostException {
        return Response.decode(link.transmit(command.encode()));
    }
}
