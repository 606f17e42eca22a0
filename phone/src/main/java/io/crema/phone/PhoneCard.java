package io.crema.phone;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.Command;
import io.crema.contracts.tap.MessageFormatException;
import io.crema.contracts.tap.Response;
import io.crema.contracts.tap.TapProtocol;
import io.crema.contracts.tap.TapRefusedException;
import io.crema.contracts.tap.TapStatus;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wallet as a card: takes command APDUs, puts chained ones together, hands out long answers in parts. Never throws.
 * Not thread-safe: one reader at a time.
 */
public final class PhoneCard implements ApduHandler {
    private static final Logger log = LoggerFactory.getLogger(PhoneCard.class);

    private final Wallet wallet;
    private final TapWatcher watcher;
    private final ByteArrayOutputStream chained = new ByteArrayOutputStream();
    private int chainedInstruction = -1;
    private byte[] rest = new byte[0];
    private @Nullable Conversation conversation;

    public PhoneCard(Wallet wallet) {
        this(wallet, TapWatcher.NOBODY);
    }

    /** @param watcher told how each tap goes */
    public PhoneCard(Wallet wallet, TapWatcher watcher) {
        this.wallet = wallet;
        this.watcher = watcher;
    }

    @Override
    public void deactivated() {
        conversation = null;
        rest = new byte[0];
        dropChain();
    }

    @Override
    public byte[] process(byte[] apdu) {
        try {
            return Command.decode(apdu)
                    .map(this::answer)
                    .orElseGet(() -> Response.of(TapStatus.WRONG_LENGTH))
                    .encode();
        } catch (RuntimeException e) {
            log.error("wallet fault", e);
            deactivated();
            watcher.failed(e);
            return Response.of(TapStatus.FAULT).encode();
        }
    }

    private Response answer(Command command) {
        // PC/SC stacks ask by themselves, in the class of the command that they ask for
        if (command.ins() == TapProtocol.GET_RESPONSE
                && (command.cla() == TapProtocol.CLA_ISO || command.cla() == TapProtocol.CLA_CREMA)) {
            return rest.length == 0 ? Response.of(TapStatus.OUT_OF_ORDER) : part(rest);
        }
        rest = new byte[0];
        if (command.cla() == TapProtocol.CLA_ISO) {
            dropChain();
            return command.ins() == TapProtocol.SELECT ? select(command) : Response.of(TapStatus.UNKNOWN_COMMAND);
        }
        if ((command.cla() & ~TapProtocol.CLA_CHAINED) != TapProtocol.CLA_CREMA) {
            return Response.of(TapStatus.UNKNOWN_CLASS);
        }
        if (chainedInstruction >= 0 && chainedInstruction != command.ins()) {
            dropChain();
            return Response.of(TapStatus.CHAIN_BROKEN);
        }
        if (chained.size() + command.data().length > TapProtocol.MOST_MESSAGE) {
            dropChain();
            return Response.of(TapStatus.WRONG_LENGTH);
        }
        chained.writeBytes(command.data());
        if ((command.cla() & TapProtocol.CLA_CHAINED) != 0) {
            chainedInstruction = command.ins();
            return Response.of(TapStatus.OK);
        }
        var message = chained.toByteArray();
        dropChain();
        return dispatch(command.ins(), message);
    }

    private Response select(Command command) {
        if (command.p1() != 4 || !Arrays.equals(command.data(), TapProtocol.aid())) {
            conversation = null;
            return Response.of(TapStatus.NO_APPLICATION);
        }
        conversation = new Conversation(wallet, watcher);
        return new Response(new byte[] {TapProtocol.VERSION}, TapStatus.OK.word());
    }

    private Response dispatch(int instruction, byte[] message) {
        if (conversation == null) {
            return Response.of(TapStatus.OUT_OF_ORDER);
        }
        try {
            return switch (instruction) {
                case TapProtocol.HELLO -> part(conversation.hello(message));
                case TapProtocol.PROVE -> part(conversation.prove(message));
                case TapProtocol.PUT -> part(conversation.put(message));
                case TapProtocol.SIGN -> part(conversation.sign(message));
                case TapProtocol.COMMIT -> part(conversation.commit(message));
                default -> Response.of(TapStatus.UNKNOWN_COMMAND);
            };
        } catch (TapRefusedException e) {
            TapStatus.of(e.statusWord()).ifPresent(watcher::refused);
            return new Response(e.data(), e.statusWord());
        } catch (MessageFormatException e) {
            log.debug("message not understood: {}", e.getMessage());
            return Response.of(TapStatus.WRONG_DATA);
        }
    }

    /** The first part of an answer; what is left waits for GET RESPONSE, its length in the status word. */
    private Response part(byte[] answer) {
        if (answer.length <= TapProtocol.MOST_DATA) {
            rest = new byte[0];
            return new Response(answer, TapStatus.OK.word());
        }
        rest = Arrays.copyOfRange(answer, TapProtocol.MOST_DATA, answer.length);
        return new Response(
                Arrays.copyOf(answer, TapProtocol.MOST_DATA), 0x6100 | Math.min(rest.length, TapProtocol.MOST_DATA));
    }

    private void dropChain() {
        chained.reset();
        chainedInstruction = -1;
    }
}
