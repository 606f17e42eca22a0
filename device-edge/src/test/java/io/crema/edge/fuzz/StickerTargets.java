package io.crema.edge.fuzz;

import io.crema.edge.Office;
import io.crema.edge.tag.MachineSticker;
import io.crema.edge.tag.TagFormatException;
import io.crema.edge.tag.TagLostException;
import io.crema.edge.tag.TagMemory;
import io.crema.edge.tag.Type2Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** What a sticker may hold. */
final class StickerTargets {
    private static final Office OFFICE = new Office();

    private StickerTargets() {}

    private static byte[] message(String page) {
        return MachineSticker.of(URI.create(page), OFFICE.machine, OFFICE.machineKey.address())
                .encode();
    }

    /** NDEF messages. */
    static FuzzTarget messages() {
        return new FuzzTarget() {
            @Override
            public List<byte[]> seeds() {
                return List.of(
                        message("https://crema.example/m/CM-1"),
                        message("http://x"),
                        // a smart poster: a message within a message
                        new byte[] {(byte) 0xd1, 2, 5, 'S', 'p', (byte) 0xd1, 1, 1, 'U', 3},
                        new byte[] {(byte) 0xc1, 1, 0, 0, 0, 2, 'U', 3, 'x'});
            }

            @Override
            public int read(byte[] input) {
                try {
                    MachineSticker.decode(input);
                } catch (TagFormatException refused) {
                    // the right answer
                }
                return 1;
            }
        };
    }

    /** Whole memories of a tag. */
    static FuzzTarget memories() {
        return new FuzzTarget() {
            @Override
            public List<byte[]> seeds() {
                var message = message("https://crema.example/m/CM-1");
                var memory = new byte[180];
                memory[12] = (byte) 0xe1;
                memory[13] = 0x10;
                memory[14] = 0x12;
                memory[16] = 3;
                memory[17] = (byte) message.length;
                System.arraycopy(message, 0, memory, 18, message.length);
                memory[18 + message.length] = (byte) 0xfe;
                return List.of(memory);
            }

            @Override
            public int read(byte[] input) {
                try {
                    MachineSticker.decode(Type2Tag.open(new Memory(input)).read());
                } catch (TagFormatException | TagLostException refused) {
                    // the right answer
                }
                return 1;
            }
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Memory(byte[] bytes) implements TagMemory {
        @Override
        public byte[] read(int page) throws TagLostException {
            var from = page * PAGE;
            if (from >= bytes.length) {
                throw new TagLostException("no such page");
            }
            return Arrays.copyOfRange(bytes, from, from + 4 * PAGE);
        }

        @Override
        public void write(int page, byte[] four) {
            throw new IllegalStateException("nothing is written when a sticker is read");
        }
    }
}
