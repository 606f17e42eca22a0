// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "./Accounts.sol";
import {Attestations} from "./Attestations.sol";
import {CremaTypes} from "./CremaTypes.sol";
import {Roles} from "./Roles.sol";

/// @title Rulings
/// @notice A claim that its debtor disputes, backed by a bond, until an oracle rules, a party gives in, or the time
/// for a ruling is over. Whoever loses a dispute loses its bond; a dispute that nobody rules is lost by the debtor, so
/// that to dispute never pays by delay alone.
abstract contract Rulings is Accounts, Attestations {
    struct Dispute {
        address debtor;
        uint96 bond;
        address creditor;
        uint40 rulingUntil;
    }

    /// @notice For how long oracles may rule on a dispute.
    uint40 public constant RULING_TIME = 14 days;

    mapping(bytes32 => Dispute) private _disputes;

    error AlreadyDisputed(bytes32 claim);
    error NotDisputed(bytes32 claim);
    error RulingTimeOver(bytes32 claim, uint40 rulingUntil);
    error RulingTimeNotOver(bytes32 claim, uint40 rulingUntil);
    error NotARuling(uint8 verdict);

    /// @notice Rules on a disputed claim, called by whoever acts for the oracle.
    /// @param oracle an account with that role that is no party to the claim
    /// @param verdict FOR_CREDITOR or FOR_DEBTOR
    function rule(address oracle, bytes32 claim, uint8 verdict) external {
        _requireActsFor(oracle);
        _requireRole(oracle, Roles.ORACLE);
        _rule(oracle, msg.sender, claim, verdict);
    }

    /// @notice Rules on a disputed claim by an oracle's Attestation. Anyone relays it.
    /// @param attestation its subject is the claim, its verdict FOR_CREDITOR or FOR_DEBTOR, its time not before the
    /// dispute; its machine is not looked at
    function ruleBySignature(
        address oracle,
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) external {
        bytes32 claim = attestation.subject;
        _requireTime(attestation.time, _disputed(claim).rulingUntil - RULING_TIME);
        address signer = _requireByOracle(oracle, attestation, signature);
        _rule(oracle, signer, claim, attestation.verdict);
    }

    /// @notice Gives a dispute up, called by whoever acts for either party: the other wins.
    function giveIn(bytes32 claim) external {
        Dispute storage dispute = _disputed(claim);
        uint8 verdict = CremaTypes.FOR_CREDITOR;
        if (!_actsFor(dispute.debtor, msg.sender)) {
            _requireActsFor(dispute.creditor);
            verdict = CremaTypes.FOR_DEBTOR;
        }
        _finish(claim, address(0), verdict);
    }

    /// @notice Ends a dispute that nobody ruled in time, called by anyone: the creditor is paid and gets the bond.
    function endDispute(bytes32 claim) external {
        uint40 rulingUntil = _disputed(claim).rulingUntil;
        require(block.timestamp > rulingUntil, RulingTimeNotOver(claim, rulingUntil));
        _finish(claim, address(0), CremaTypes.FOR_CREDITOR);
    }

    /// @notice The dispute of `claim`; all zero if there is none now.
    function disputes(bytes32 claim) external view returns (Dispute memory) {
        return _disputes[claim];
    }

    /// @dev Opens the dispute of a claim and reserves the debtor's bond. The caller's event says so.
    function _openDispute(bytes32 claim, address debtor, address creditor, uint96 bond)
        internal
        returns (uint40 rulingUntil)
    {
        require(_disputes[claim].rulingUntil == 0, AlreadyDisputed(claim));
        rulingUntil = uint40(block.timestamp) + RULING_TIME;
        _disputes[claim] = Dispute(debtor, bond, creditor, rulingUntil);
        _reserve(debtor, bond);
    }

    /// @dev Called once when a dispute has ended, the bond already given to the winner: emits what was ruled, and pays
    /// or frees the claimed money.
    /// @param oracle 0 if a party gave in or nobody ruled in time
    function _ruled(bytes32 claim, address oracle, uint8 verdict) internal virtual;

    /// @dev Reverts if this oracle must not rule on this claim, though it is none of the parties.
    function _requireMayRule(bytes32 claim, address oracle, address signer) internal view virtual {}

    function _rule(address oracle, address signer, bytes32 claim, uint8 verdict) private {
        require(verdict == CremaTypes.FOR_CREDITOR || verdict == CremaTypes.FOR_DEBTOR, NotARuling(verdict));
        Dispute storage dispute = _disputed(claim);
        uint40 rulingUntil = dispute.rulingUntil;
        require(block.timestamp <= rulingUntil, RulingTimeOver(claim, rulingUntil));
        _requireNotParty(oracle, signer, dispute.debtor);
        _requireNotParty(oracle, signer, dispute.creditor);
        _requireMayRule(claim, oracle, signer);
        _finish(claim, oracle, verdict);
    }

    function _finish(bytes32 claim, address oracle, uint8 verdict) private {
        Dispute memory dispute = _disputes[claim];
        delete _disputes[claim];
        address winner = verdict == CremaTypes.FOR_CREDITOR ? dispute.creditor : dispute.debtor;
        _release(dispute.debtor, winner, dispute.bond);
        _ruled(claim, oracle, verdict);
    }

    function _disputed(bytes32 claim) private view returns (Dispute storage dispute) {
        dispute = _disputes[claim];
        require(dispute.rulingUntil != 0, NotDisputed(claim));
    }
}
