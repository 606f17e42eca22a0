package io.crema.contracts.typed;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;

/**
 * The EIP-712 domain: name "Crema", version "1", the chain, and the contract that checks the type. Receipt, Badge,
 * Placement, Tariff, Failure and Revocations belong to PaymentProvider; Offer and Acceptance to RentalProvider;
 * ServiceAgreement and TelemetryBatch to MaintenanceProvider; SupplyAgreement to SupplyProvider; an Attestation to the
 * one of the last three that it is made for. Immutable.
 */
public final class Domain {
    private static final Hash TYPE =
            TypedData.keccak("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final Hash NAME = TypedData.keccak("Crema");
    private static final Hash VERSION = TypedData.keccak("1");
    private static final byte[] PREFIX = {0x19, 0x01};

    private final long chainId;
    private final Address verifyingContract;
    private final Hash separator;

    public Domain(long chainId, Address verifyingContract) {
        this.chainId = chainId;
        this.verifyingContract = verifyingContract;
        this.separator = new Words(5)
                .hash(TYPE)
                .hash(NAME)
                .hash(VERSION)
                .u64(chainId)
                .address(verifyingContract)
                .keccak();
    }

    public long chainId() {
        return chainId;
    }

    public Address verifyingContract() {
        return verifyingContract;
    }

    public Hash separator() {
        return separator;
    }

    /** What is signed: {@code keccak256(0x1901 ‖ separator ‖ hashStruct)}. */
    public Hash digest(TypedData data) {
        return Keccak.hash(PREFIX, separator.bytes(), data.structHash().bytes());
    }

    @Override
    public String toString() {
        return "Domain[chainId=" + chainId + ", verifyingContract=" + verifyingContract + "]";
    }
}
