// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Parties} from "./Parties.sol";
import {Roles} from "./Roles.sol";

/// @title Attestations
/// @notice Checks what a machine or an oracle states about a subject. An Attestation is bound to this contract and chain
/// by its domain, to one subject by its id, and to one purpose by its verdict, which no other purpose shares.
abstract contract Attestations is Parties {
    /// @notice How far a signer's clock may run ahead of the chain's.
    uint40 public constant CLOCK_AHEAD = 5 minutes;

    error WrongVerdict(uint8 verdict, uint8 expected);
    error WrongMachine(bytes32 attested, bytes32 expected);
    error WrongSubject(bytes32 attested, bytes32 expected);
    error AttestationTooOld(uint64 time, uint256 earliest);
    error AttestationFromTheFuture(uint64 time, uint256 latest);
    error NotAMachineKey(bytes32 machine, address recovered);
    error OracleIsAParty(address oracle, address signer, address party);

    /// @notice What is signed.
    function attestationDigest(CremaTypes.Attestation memory attestation) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(attestation));
    }

    /// @dev Reverts unless the attestation says `verdict` at a time from `earliest` up to now.
    function _requireStates(CremaTypes.Attestation memory attestation, uint8 verdict, uint256 earliest)
        internal
        view
    {
        require(attestation.verdict == verdict, WrongVerdict(attestation.verdict, verdict));
        _requireTime(attestation.time, earliest);
    }

    /// @dev Reverts unless a time that a signer names is between `earliest` and now, by the chain's clock.
    function _requireTime(uint64 time, uint256 earliest) internal view {
        require(time >= earliest, AttestationTooOld(time, earliest));
        uint256 latest = block.timestamp + CLOCK_AHEAD;
        require(time <= latest, AttestationFromTheFuture(time, latest));
    }

    /// @dev Reverts unless a key of the attestation's machine signed it.
    /// @return key the machine's key
    function _requireByMachine(
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) internal view returns (address key) {
        key = _recover(attestationDigest(attestation), signature);
        _requireMachineKey(attestation.machine, key);
    }

    function _requireMachineKey(bytes32 machine, address key) internal view {
        require(identity.isMachineKey(machine, key), NotAMachineKey(machine, key));
    }

    /// @dev Reverts unless `oracle` has that role and the attestation is signed by its acting key.
    /// @return signer that key
    function _requireByOracle(
        address oracle,
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) internal view returns (address signer) {
        _requireRole(oracle, Roles.ORACLE);
        _requireSignedBy(oracle, attestationDigest(attestation), signature);
        signer = _signerOf(oracle);
    }

    /// @dev Reverts if the oracle, or the key that speaks for it, is `party`. Whom the party names to act for it does not
    /// count: it names anyone unasked, and could keep an oracle from its word by that.
    function _requireNotParty(address oracle, address signer, address party) internal pure {
        require(oracle != party && signer != party, OracleIsAParty(oracle, signer, party));
    }
}
