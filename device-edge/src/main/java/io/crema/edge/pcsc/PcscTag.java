package io.crema.edge.pcsc;

import io.crema.edge.tag.TagLostException;
import io.crema.edge.tag.TagMemory;
import java.util.Arrays;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/** A sticker through a contactless reader's own commands (PC/SC part 3: READ BINARY and UPDATE BINARY of class FF). */
final class PcscTag implements TagMemory {
    private static final int CLASS = 0xFF;
    private static final int READ_BINARY = 0xB0;
    private static final int UPDATE_BINARY = 0xD6;
    private static final int FOUR_PAGES = 4 * PAGE;
    private static final int DONE = 0x9000;

    private final Card card;

    PcscTag(Card card) {
        this.card = card;
    }

    @Override
    public byte[] read(int page) throws TagLostException {
        var answer = transmit(new CommandAPDU(CLASS, READ_BINARY, page >>> 8, page & 0xff, FOUR_PAGES));
        if (answer.getData().length != FOUR_PAGES) {
            throw new TagLostException("page %d: the reader gave %d bytes, expected %d"
                    .formatted(page, answer.getData().length, FOUR_PAGES));
        }
        return answer.getData();
    }

    @Override
    public void write(int page, byte[] bytes) throws TagLostException {
        transmit(new CommandAPDU(CLASS, UPDATE_BINARY, page >>> 8, page & 0xff, Arrays.copyOf(bytes, PAGE)));
    }

    private ResponseAPDU transmit(CommandAPDU command) throws TagLostException {
        try {
            var answer = card.getBasicChannel().transmit(command);
            if (answer.getSW() != DONE) {
                throw new TagLostException(
                        "the reader answered %04X for page %d: the sticker is gone, or has no such page"
                                .formatted(answer.getSW(), command.getP2()));
            }
            return answer;
        } catch (CardException | IllegalStateException | IllegalArgumentException e) {
            throw new TagLostException("the sticker was taken away: " + Readers.reason(e), e);
        }
    }
}
