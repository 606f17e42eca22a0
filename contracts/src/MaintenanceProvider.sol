// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title MaintenanceProvider
/// @notice Requests for service of machines, on the record. Its EIP-712 domain is that of Attestation and
/// TelemetryBatch.
contract MaintenanceProvider is EIP712 {
    IdentityProvider public immutable identity;

    mapping(bytes32 => uint40) private _requestedAt;

    event ServiceRequested(
        bytes32 indexed request, bytes32 indexed machine, bytes32 fault, bytes32 evidence, address indexed by
    );

    error ServiceAlreadyRequested(bytes32 request, uint40 requestedAt);

    constructor(IdentityProvider identity_) EIP712("Crema", "1") {
        identity = identity_;
    }

    /// @notice Asks for service of `machine`. Only its manufacturer asks, and once per fault: each occurrence
    /// of a fault has an id of its own.
    /// @param fault the id of this occurrence of the fault
    /// @param evidence the hash of the readings that show it
    /// @return request keccak256(abi.encode(machine, fault))
    function requestService(bytes32 machine, bytes32 fault, bytes32 evidence)
        external
        returns (bytes32 request)
    {
        identity.requireMachineOf(machine, msg.sender);
        identity.requireRole(msg.sender, identity.MANUFACTURER());
        request = CremaTypes.requestId(machine, fault);
        require(_requestedAt[request] == 0, ServiceAlreadyRequested(request, _requestedAt[request]));
        _requestedAt[request] = uint40(block.timestamp);
        emit ServiceRequested(request, machine, fault, evidence, msg.sender);
    }

    /// @notice When `request` was made, in seconds; 0 if never.
    function requestedAt(bytes32 request) external view returns (uint40) {
        return _requestedAt[request];
    }

    /// @notice The id of the request for service of this machine for this fault.
    function requestId(bytes32 machine, bytes32 fault) external pure returns (bytes32) {
        return CremaTypes.requestId(machine, fault);
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }
}
