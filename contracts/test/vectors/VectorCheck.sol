// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice Hashes and recovers in bulk, with the code that the contracts use, so that another implementation can be
/// compared with it by calls to a node. For tests only.
contract VectorCheck {
    enum Kind {
        RECEIPT,
        SALE,
        BADGE,
        PLACEMENT,
        TARIFF,
        FAILURE,
        REVOCATIONS,
        TERMS,
        OFFER,
        ACCEPTANCE,
        ATTESTATION,
        TELEMETRY_BATCH,
        SERVICE_AGREEMENT,
        SUPPLY_AGREEMENT
    }

    enum Id {
        CHANNEL,
        REQUEST,
        ORDER,
        SHIPMENT,
        DOWNTIME
    }

    /// @notice The struct hashes of values of one type.
    /// @param values `count` times the words of the struct, one after the other
    function hashes(Kind kind, bytes calldata values, uint256 count)
        external
        pure
        returns (bytes32[] memory all)
    {
        all = new bytes32[](count);
        uint256 size = values.length / count;
        for (uint256 i = 0; i < count; i++) {
            all[i] = _hash(kind, values[i * size:(i + 1) * size]);
        }
    }

    /// @notice Who signed typed data; 0 for a signature that is refused.
    /// @param separator of the domain
    /// @param structs their struct hashes
    /// @param signatures 64 bytes each
    function signers(bytes32 separator, bytes32[] calldata structs, bytes calldata signatures)
        external
        pure
        returns (address[] memory all)
    {
        all = new address[](structs.length);
        for (uint256 i = 0; i < structs.length; i++) {
            bytes32 digest = MessageHashUtils.toTypedDataHash(separator, structs[i]);
            bytes calldata signature = signatures[i * 64:(i + 1) * 64];
            (all[i],,) = ECDSA.tryRecover(digest, bytes32(signature[:32]), bytes32(signature[32:]));
        }
    }

    /// @notice Ids of one kind, made of the words that follow one another in `values`.
    function ids(Id kind, bytes calldata values, uint256 count) external pure returns (bytes32[] memory all) {
        all = new bytes32[](count);
        uint256 size = values.length / count;
        for (uint256 i = 0; i < count; i++) {
            all[i] = _id(kind, values[i * size:(i + 1) * size]);
        }
    }

    function machineId(address manufacturer, string calldata serial) external pure returns (bytes32) {
        return CremaTypes.machineId(manufacturer, serial);
    }

    /// @notice The histories after each of the sales of one channel.
    function histories(bytes32 channel, CremaTypes.Sale[] calldata sales)
        external
        pure
        returns (bytes32[] memory all)
    {
        all = new bytes32[](sales.length);
        for (uint256 i = 0; i < sales.length; i++) {
            channel = CremaTypes.nextHistory(channel, sales[i]);
            all[i] = channel;
        }
    }

    function _hash(Kind kind, bytes calldata v) private pure returns (bytes32) {
        if (kind == Kind.RECEIPT) return CremaTypes.hash(abi.decode(v, (CremaTypes.Receipt)));
        if (kind == Kind.SALE) return CremaTypes.hash(abi.decode(v, (CremaTypes.Sale)));
        if (kind == Kind.BADGE) return CremaTypes.hash(abi.decode(v, (CremaTypes.Badge)));
        if (kind == Kind.PLACEMENT) return CremaTypes.hash(abi.decode(v, (CremaTypes.Placement)));
        if (kind == Kind.TARIFF) return CremaTypes.hash(abi.decode(v, (CremaTypes.Tariff)));
        if (kind == Kind.FAILURE) return CremaTypes.hash(abi.decode(v, (CremaTypes.Failure)));
        if (kind == Kind.REVOCATIONS) return CremaTypes.hash(abi.decode(v, (CremaTypes.Revocations)));
        if (kind == Kind.TERMS) return CremaTypes.hash(abi.decode(v, (CremaTypes.Terms)));
        if (kind == Kind.OFFER) return CremaTypes.hash(abi.decode(v, (CremaTypes.Offer)));
        if (kind == Kind.ACCEPTANCE) return CremaTypes.hash(abi.decode(v, (CremaTypes.Acceptance)));
        if (kind == Kind.ATTESTATION) return CremaTypes.hash(abi.decode(v, (CremaTypes.Attestation)));
        if (kind == Kind.TELEMETRY_BATCH) return CremaTypes.hash(abi.decode(v, (CremaTypes.TelemetryBatch)));
        if (kind == Kind.SERVICE_AGREEMENT) {
            return CremaTypes.hash(abi.decode(v, (CremaTypes.ServiceAgreement)));
        }
        return CremaTypes.hash(abi.decode(v, (CremaTypes.SupplyAgreement)));
    }

    function _id(Id kind, bytes calldata v) private pure returns (bytes32) {
        if (kind == Id.CHANNEL) {
            (address customer, address payee, uint64 index) = abi.decode(v, (address, address, uint64));
            return CremaTypes.channelId(customer, payee, index);
        }
        if (kind == Id.SHIPMENT) {
            (bytes32 order, uint32 number) = abi.decode(v, (bytes32, uint32));
            return CremaTypes.shipmentId(order, number);
        }
        if (kind == Id.DOWNTIME) {
            (bytes32 rental, uint40 from, uint40 until) = abi.decode(v, (bytes32, uint40, uint40));
            return CremaTypes.downtimeId(rental, from, until);
        }
        (bytes32 first, bytes32 second) = abi.decode(v, (bytes32, bytes32));
        return kind == Id.REQUEST ? CremaTypes.requestId(first, second) : CremaTypes.orderId(first, second);
    }
}
