package io.crema.edge.pcsc;

import io.crema.edge.tag.MachineSticker;
import io.crema.edge.tag.TagFormatException;
import io.crema.edge.tag.TagLostException;
import io.crema.edge.tag.Type2Tag;
import java.time.Duration;
import javax.smartcardio.CardException;

/** Writes and reads stickers on a contactless reader. For one thread. */
public final class StickerReader {
    private final String reader;
    private final Duration patience;

    /**
     * @param reader a part of the reader's name, such as ACR122U
     * @param patience how long to wait for a sticker
     */
    public StickerReader(String reader, Duration patience) {
        this.reader = reader;
        this.patience = patience;
    }

    /** Writes the sticker that is held to the reader, and returns what it then says. */
    public MachineSticker write(MachineSticker sticker) throws TagLostException, TagFormatException {
        return onSticker(tag -> {
            tag.write(sticker.encode());
            var written = MachineSticker.decode(tag.read());
            if (!written.equals(sticker)) {
                throw new TagLostException("the sticker reads back as %s; write it again".formatted(written));
            }
            return written;
        });
    }

    /** What the sticker says that is held to the reader. */
    public MachineSticker read() throws TagLostException, TagFormatException {
        return onSticker(tag -> MachineSticker.decode(tag.read()));
    }

    private interface Work {
        MachineSticker on(Type2Tag tag) throws TagLostException, TagFormatException;
    }

    private MachineSticker onSticker(Work work) throws TagLostException, TagFormatException {
        try {
            var terminal = new Readers().find(reader);
            if (!terminal.waitForCardPresent(patience.toMillis())) {
                throw new TagLostException(
                        "no sticker was held to %s within %d s".formatted(terminal.getName(), patience.toSeconds()));
            }
            var card = terminal.connect("*");
            try {
                return work.on(Type2Tag.open(new PcscTag(card)));
            } finally {
                card.disconnect(false);
            }
        } catch (ReaderAwayException e) {
            throw new TagLostException(String.valueOf(e.getMessage()), e);
        } catch (CardException | IllegalStateException e) {
            throw new TagLostException("the sticker was taken away: " + Readers.reason(e), e);
        }
    }
}
