package io.crema.chain.vectors;

/** The types of the protocol, in the order of VectorCheck.sol. */
enum Kind {
    RECEIPT("payment"),
    SALE(""),
    BADGE("payment"),
    PLACEMENT("payment"),
    TARIFF("payment"),
    FAILURE("payment"),
    REVOCATIONS("payment"),
    TERMS(""),
    OFFER("rental"),
    ACCEPTANCE("rental"),
    ATTESTATION("maintenance"),
    TELEMETRY_BATCH("maintenance"),
    SERVICE_AGREEMENT("maintenance"),
    SUPPLY_AGREEMENT("supply");

    /** Whose domain it is signed in; empty for what is only part of something signed. */
    final String domain;

    Kind(String domain) {
        this.domain = domain;
    }
}
