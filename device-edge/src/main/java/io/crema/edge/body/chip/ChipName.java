package io.crema.edge.body.chip;

import java.util.Set;

/** The chips that there are drivers for, with the addresses they can have. */
public enum ChipName {
    MCP9600(0x67, 0x60, 0x67),
    TMP117(0x48, 0x48, 0x4B),
    ADS1115(0x48, 0x48, 0x4B),
    NAU7802(0x2A, 0x2A, 0x2A);

    private final int usual;
    private final int first;
    private final int last;

    ChipName(int usual, int first, int last) {
        this.usual = usual;
        this.first = first;
        this.last = last;
    }

    /** Its address when nothing is said. */
    public int usualAddress() {
        return usual;
    }

    public boolean mayBeAt(int address) {
        return address >= first && address <= last;
    }

    /** Such as 0x60 to 0x67. */
    public String addresses() {
        return first == last ? "0x%02X".formatted(first) : "0x%02X to 0x%02X".formatted(first, last);
    }

    /** Whether its values need a line to become a quantity. */
    public boolean needsLine() {
        return Set.of(ADS1115, NAU7802).contains(this);
    }
}
