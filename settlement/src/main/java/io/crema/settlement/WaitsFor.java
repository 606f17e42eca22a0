package io.crema.settlement;

/** Why an intent is in no transaction yet. */
public enum WaitsFor {
    COMPANY("for others to go with"),
    CHEAPER_GAS("for cheaper gas"),
    MORE_VALUE("to be worth their gas"),
    EARLIER("for an earlier transaction of the same subject"),
    BLOCKS("for blocks that cannot leave the chain"),
    ROOM("for transactions that are under way"),
    ETHER("for ether to pay their gas"),
    SIGNER("for the signer");

    private final String words;

    WaitsFor(String words) {
        this.words = words;
    }

    /** As it reads after "3 wait". */
    public String words() {
        return words;
    }
}
