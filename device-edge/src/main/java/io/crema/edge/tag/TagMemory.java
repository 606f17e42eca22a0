package io.crema.edge.tag;

/**
 * A sticker in a reader's field, as the NFC Forum's Type 2 Tag specification shows its memory: pages of four bytes, of
 * which the first four hold serial number, locks and the capability container.
 */
public interface TagMemory {
    int PAGE = 4;

    /**
     * Four pages, 16 bytes, from {@code page} on.
     *
     * @throws TagLostException when the sticker is gone or has no such page
     */
    byte[] read(int page) throws TagLostException;

    /**
     * Writes one page.
     *
     * @param bytes four of them
     * @throws TagLostException when the sticker is gone or refuses; the page may or may not be written
     */
    void write(int page, byte[] bytes) throws TagLostException;
}
