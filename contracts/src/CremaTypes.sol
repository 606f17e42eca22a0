// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title CremaTypes
/// @notice The signed types, version 1: their EIP-712 type hashes and struct hashes, and the ids made of keccak256.
/// Domain: name "Crema", version "1", chainId, verifyingContract = the contract that checks the type.
/// All signed times are whole seconds since 1970.
library CremaTypes {
    /// @notice A signature in 64 bytes (EIP-2098), always with the low s.
    struct Signature {
        bytes32 r;
        bytes32 vs;
    }

    struct Receipt {
        bytes32 channel;
        uint64 sequence;
        uint96 total;
        bytes32 history;
    }

    struct Sale {
        bytes32 machine;
        bytes32 product;
        uint96 price;
        uint96 credit;
        address employee;
        uint32 tariff;
        uint64 time;
        bytes32 salt;
    }

    struct Badge {
        address customer;
        address employee;
        bytes32 channel;
        uint96 maxTotal;
        uint32 epoch;
        uint64 validFrom;
        uint64 validUntil;
    }

    struct Placement {
        bytes32 channel;
        bytes32 machine;
        address machineKey;
        address token;
        uint8 decimals;
        uint64 validUntil;
    }

    struct Tariff {
        bytes32 machine;
        uint32 version;
        uint64 validFrom;
        bytes32 items;
    }

    struct Failure {
        bytes32 channel;
        uint64 sequence;
        uint96 amount;
    }

    struct Revocations {
        address customer;
        uint32 epoch;
        uint64 version;
        bytes32 list;
    }

    /// @notice What a rental costs and promises.
    struct Terms {
        address token;
        uint96 minDeposit;
        uint32 challengePeriod;
        uint64 minimumTerm;
        uint32 notice;
        uint96 downtimePerHour;
        uint96 downtimeCap;
        uint96 bond;
        bytes32 document;
    }

    struct Offer {
        address manufacturer;
        address customer;
        bytes32 machine;
        Terms terms;
        uint64 validUntil;
        uint256 nonce;
    }

    struct Acceptance {
        bytes32 offer;
        uint96 deposit;
        uint64 validUntil;
    }

    struct Attestation {
        bytes32 machine;
        bytes32 subject;
        uint8 verdict;
        uint64 time;
        bytes32 evidence;
    }

    struct TelemetryBatch {
        bytes32 machine;
        uint64 sequence;
        bytes32 previous;
        bytes32 body;
    }

    /// @notice What a service provider promises a manufacturer, for one machine or (machine 0) all of its machines.
    struct ServiceAgreement {
        address manufacturer;
        address provider;
        bytes32 machine;
        uint96 fee;
        uint96 bonusPerHour;
        uint96 bonusCap;
        uint96 penaltyPerHour;
        uint96 penaltyCap;
        uint32 responseTime;
        uint32 repairTime;
        uint32 inspectionTime;
        uint96 disputeBond;
        uint64 validUntil;
        uint256 nonce;
        bytes32 document;
    }

    /// @notice What a supplier promises a customer or a manufacturer.
    struct SupplyAgreement {
        address buyer;
        address supplier;
        bytes32 goods;
        uint96 unitPrice;
        uint32 maxQuantity;
        uint32 deliveryTime;
        uint96 penaltyPerDay;
        uint96 penaltyCap;
        uint32 inspectionTime;
        uint96 disputeBond;
        uint64 validUntil;
        uint256 nonce;
        bytes32 document;
    }

    // Verdicts of an Attestation: each has one purpose over all contracts.
    uint8 internal constant FAULT = 1;
    uint8 internal constant FIXED = 2;
    uint8 internal constant NOT_FIXED = 3;
    uint8 internal constant LEVEL_LOW = 4;
    uint8 internal constant ARRIVED = 5;
    uint8 internal constant DELIVERED = 6;
    uint8 internal constant NOT_DELIVERED = 7;
    uint8 internal constant DOWN = 8;
    uint8 internal constant FOR_CREDITOR = 9;
    uint8 internal constant FOR_DEBTOR = 10;

    bytes32 internal constant RECEIPT =
        keccak256("Receipt(bytes32 channel,uint64 sequence,uint96 total,bytes32 history)");
    bytes32 internal constant SALE = keccak256(
        "Sale(bytes32 machine,bytes32 product,uint96 price,uint96 credit,address employee,uint32 tariff,uint64 time,bytes32 salt)"
    );
    bytes32 internal constant BADGE = keccak256(
        "Badge(address customer,address employee,bytes32 channel,uint96 maxTotal,uint32 epoch,uint64 validFrom,uint64 validUntil)"
    );
    bytes32 internal constant PLACEMENT = keccak256(
        "Placement(bytes32 channel,bytes32 machine,address machineKey,address token,uint8 decimals,uint64 validUntil)"
    );
    bytes32 internal constant TARIFF =
        keccak256("Tariff(bytes32 machine,uint32 version,uint64 validFrom,bytes32 items)");
    bytes32 internal constant FAILURE = keccak256("Failure(bytes32 channel,uint64 sequence,uint96 amount)");
    bytes32 internal constant REVOCATIONS =
        keccak256("Revocations(address customer,uint32 epoch,uint64 version,bytes32 list)");
    bytes32 internal constant TERMS = keccak256(
        "Terms(address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document)"
    );
    bytes32 internal constant OFFER = keccak256(
        "Offer(address manufacturer,address customer,bytes32 machine,Terms terms,uint64 validUntil,uint256 nonce)Terms(address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document)"
    );
    bytes32 internal constant ACCEPTANCE =
        keccak256("Acceptance(bytes32 offer,uint96 deposit,uint64 validUntil)");
    bytes32 internal constant ATTESTATION =
        keccak256("Attestation(bytes32 machine,bytes32 subject,uint8 verdict,uint64 time,bytes32 evidence)");
    bytes32 internal constant TELEMETRY_BATCH =
        keccak256("TelemetryBatch(bytes32 machine,uint64 sequence,bytes32 previous,bytes32 body)");

    bytes32 internal constant SERVICE_AGREEMENT = keccak256(
        "ServiceAgreement(address manufacturer,address provider,bytes32 machine,uint96 fee,uint96 bonusPerHour,uint96 bonusCap,uint96 penaltyPerHour,uint96 penaltyCap,uint32 responseTime,uint32 repairTime,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)"
    );
    bytes32 internal constant SUPPLY_AGREEMENT = keccak256(
        "SupplyAgreement(address buyer,address supplier,bytes32 goods,uint96 unitPrice,uint32 maxQuantity,uint32 deliveryTime,uint96 penaltyPerDay,uint96 penaltyCap,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document)"
    );

    function channelId(address customer, address payee, uint64 index) internal pure returns (bytes32) {
        return keccak256(abi.encode(customer, payee, index));
    }

    function machineId(address manufacturer, string memory serial) internal pure returns (bytes32) {
        return keccak256(abi.encode(manufacturer, serial));
    }

    /// @notice The id of a request for service: one per machine and fault.
    function requestId(bytes32 machine, bytes32 fault) internal pure returns (bytes32) {
        return keccak256(abi.encode(machine, fault));
    }

    /// @notice The id of an order under a supply agreement, given by the digest of that agreement.
    function orderId(bytes32 agreement, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(agreement, salt));
    }

    /// @notice The id of a shipment of an order; they count from 1.
    function shipmentId(bytes32 order, uint32 number) internal pure returns (bytes32) {
        return keccak256(abi.encode(order, number));
    }

    /// @notice The id of a claim that a rented machine was down.
    function downtimeId(bytes32 rental, uint40 from, uint40 until) internal pure returns (bytes32) {
        return keccak256(abi.encode(rental, from, until));
    }

    /// @notice The history after one more sale; the history before the first sale is the channel id.
    function nextHistory(bytes32 previous, Sale memory sale) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(previous, hash(sale)));
    }

    function hash(Receipt memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT, v));
    }

    function hash(Sale memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(SALE, v));
    }

    function hash(Badge memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(BADGE, v));
    }

    function hash(Placement memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(PLACEMENT, v));
    }

    function hash(Tariff memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(TARIFF, v));
    }

    function hash(Failure memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(FAILURE, v));
    }

    function hash(Revocations memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(REVOCATIONS, v));
    }

    function hash(Terms memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS, v));
    }

    function hash(Offer memory v) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(OFFER, v.manufacturer, v.customer, v.machine, hash(v.terms), v.validUntil, v.nonce)
        );
    }

    function hash(Acceptance memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(ACCEPTANCE, v));
    }

    function hash(Attestation memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(ATTESTATION, v));
    }

    function hash(TelemetryBatch memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(TELEMETRY_BATCH, v));
    }

    function hash(ServiceAgreement memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(SERVICE_AGREEMENT, v));
    }

    function hash(SupplyAgreement memory v) internal pure returns (bytes32) {
        return keccak256(abi.encode(SUPPLY_AGREEMENT, v));
    }
}
