package io.crema.edge.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.edge.Office;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MachineStickerTest {
    private static final Office OFFICE = new Office();

    private static MachineSticker sticker(String page) {
        return MachineSticker.of(URI.create(page), OFFICE.machine, OFFICE.machineKey.address());
    }

    @Test
    void shouldReadBackWhatItWrote() throws Exception {
        var tag = Type2Tag.open(SimulatedTag.ntag213());
        var sticker = sticker("https://crema.example/m/CM-1");
        tag.write(sticker.encode());
        assertThat(MachineSticker.decode(tag.read())).isEqualTo(sticker);
        assertThat(sticker.fingerprint()).matches("0x[0-9a-f]{32}");
    }

    @Test
    void shouldWriteMessagesWithALongLength() throws Exception {
        var tag = Type2Tag.open(SimulatedTag.ntag215());
        var sticker = sticker("https://crema.example/" + "m".repeat(170));
        var message = sticker.encode();
        assertThat(message).hasSizeGreaterThan(255);
        tag.write(message);
        assertThat(tag.read()).isEqualTo(message);
    }

    @Test
    void shouldSayThatAStickerIsTooSmall() throws Exception {
        var tag = Type2Tag.open(SimulatedTag.ntag213());
        var message = sticker("https://crema.example/" + "m".repeat(100)).encode();
        assertThatThrownBy(() -> tag.write(message))
                .isInstanceOf(TagFormatException.class)
                .hasMessageContainingAll("144", "NTAG215");
    }

    @Test
    void shouldHoldNothingOrTheWholeMessageWhenTakenAway() throws Exception {
        var message = sticker("https://crema.example/m/CM-1").encode();
        for (var writes = 0; ; writes++) {
            var memory = SimulatedTag.ntag213();
            var tag = Type2Tag.open(memory);
            memory.takenAwayAfter(writes);
            try {
                tag.write(message);
                assertThat(tag.read()).isEqualTo(message);
                assertThat(writes).isGreaterThan(20);
                return;
            } catch (TagLostException e) {
                assertThat(tag.read()).as("after %d writes", writes).isEmpty();
            }
        }
    }

    @Test
    void shouldRefuseStickersOfOtherKinds() {
        var foreign = SimulatedTag.ntag213();
        foreign.poke(12, 0);
        assertThatThrownBy(() -> Type2Tag.open(foreign))
                .isInstanceOf(TagFormatException.class)
                .hasMessageContaining("E1 1x");
        var locked = SimulatedTag.ntag213();
        locked.poke(15, 0x0F);
        assertThatThrownBy(() -> Type2Tag.open(locked)
                        .write(sticker("https://crema.example/m").encode()))
                .hasMessageContaining("locked");
        assertThatThrownBy(() -> sticker("ftp://crema.example/m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ftp");
    }

    @Test
    void shouldRefuseAMessageThatClaimsMoreThanIsThere() {
        // eight bytes that make the NDEF library allocate two gigabytes
        var claims = new byte[] {(byte) 0xC1, 1, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 'U', 0};
        assertThatThrownBy(() -> MachineSticker.decode(claims))
                .isInstanceOf(TagFormatException.class)
                .hasMessageContaining("2147483648");
    }

    @Test
    void shouldNotLookIntoMessagesWithinMessages() throws Exception {
        // a record of type Gc, t, within it one that claims two gigabytes; a sticker's own two come after it
        var inner = new byte[] {(byte) 0xC1, 1, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0, 'U', 0};
        var sticker = sticker("https://crema.example/m/CM-1");
        var own = sticker.encode();
        own[0] &= 0x7F;
        var message = new ByteArrayOutputStream();
        for (var type : new String[] {"t", "Sp"}) {
            var header = message.size() == 0 ? 0x91 : 0x11;
            message.writeBytes(new byte[] {(byte) header, (byte) type.length(), (byte) inner.length});
            message.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
            message.writeBytes(inner);
        }
        message.writeBytes(own);
        assertThat(MachineSticker.decode(message.toByteArray())).isEqualTo(sticker);
    }

    @Property(tries = 20_000)
    void shouldNameWhatIsWrongWithAnyBytes(@ForAll @Size(max = 80) byte[] bytes) {
        try {
            MachineSticker.decode(bytes);
        } catch (TagFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 5_000)
    void shouldNameWhatIsWrongWithGarbledMessages(@ForAll int where, @ForAll byte value, @ForAll short cut)
            throws Exception {
        var message = sticker("https://crema.example/m/CM-1").encode();
        message[Math.floorMod(where, message.length)] = value;
        var length = cut % 3 == 0 ? Math.floorMod(cut, message.length) : message.length;
        try {
            var read = MachineSticker.decode(Arrays.copyOf(message, length));
            assertThat(MachineSticker.decode(read.encode())).isEqualTo(read);
        } catch (TagFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 5_000)
    void shouldReadAnyMemory(@ForAll @Size(value = 144) byte[] area) throws Exception {
        var memory = SimulatedTag.ntag213();
        for (var i = 0; i < area.length; i++) {
            memory.poke(16 + i, area[i]);
        }
        try {
            assertThat(Type2Tag.open(memory).read()).hasSizeLessThanOrEqualTo(144);
        } catch (TagFormatException e) {
            assertThat(e.getMessage()).contains("claims");
        }
    }
}
