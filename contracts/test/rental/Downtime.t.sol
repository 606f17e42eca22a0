// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {Downtime} from "../../src/Downtime.sol";
import {Parties} from "../../src/Parties.sol";
import {Rentals} from "../../src/Rentals.sol";
import {Rulings} from "../../src/Rulings.sol";
import {RentalTest} from "./RentalTest.sol";

contract DowntimeTest is RentalTest {
    uint40 private constant T0 = uint40(START);

    // --- claimDowntime

    function test_RevertWhen_AnotherClaims() public {
        _begin();
        vm.warp(T0 + 1 hours);
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, customer));
        vm.prank(stranger);
        rental.claimDowntime(offer, customer, T0, T0 + 1 hours, EVIDENCE);
    }

    function test_RevertWhen_ItHasNotBegun() public {
        vm.warp(T0 + 1 hours);
        _refuseClaim(T0, T0 + 1 hours, abi.encodeWithSelector(Rentals.RentalNotBegun.selector, id));
    }

    function test_RevertWhen_TheIntervalIsOutOfPlace() public {
        vm.warp(T0 + 1);
        _begin();
        vm.warp(T0 + 10 hours);
        _refuseClaim(T0 + 5, T0 + 5, abi.encodeWithSelector(Downtime.DowntimeEmpty.selector, T0 + 5, T0 + 5));
        _refuseClaim(
            T0, T0 + 1 hours, abi.encodeWithSelector(Downtime.DowntimeTooEarly.selector, id, T0, T0 + 1)
        );
        _refuseClaim(
            T0 + 1,
            T0 + 10 hours + 1,
            abi.encodeWithSelector(Downtime.DowntimeTooLate.selector, id, T0 + 10 hours + 1, T0 + 10 hours)
        );
        _claim(T0 + 1 hours, T0 + 2 hours);
        bytes memory overlapping =
            abi.encodeWithSelector(Downtime.DowntimeTooEarly.selector, id, T0 + 2 hours - 1, T0 + 2 hours);
        _refuseClaim(T0 + 2 hours - 1, T0 + 3 hours, overlapping);
        _claim(T0 + 2 hours, T0 + 10 hours);
    }

    function test_ShouldEndWithTheRental() public {
        _begin();
        _terminate(customer);
        uint40 endsAt = _endsAt();
        vm.warp(endsAt + 1 days);
        _refuseClaim(
            endsAt - 1 hours,
            endsAt + 1,
            abi.encodeWithSelector(Downtime.DowntimeTooLate.selector, id, endsAt + 1, endsAt)
        );
        _claim(endsAt - 1 hours, endsAt);
        vm.warp(endsAt + 30 days);
        _refuseClaim(
            endsAt,
            endsAt + 1,
            abi.encodeWithSelector(Downtime.ClaimTimeOver.selector, id, endsAt + 30 days, endsAt + 30 days)
        );
    }

    function test_ShouldEndWithTheHandOver() public {
        _begin();
        _terminate(customer);
        vm.warp(T0 + 2 hours);
        vm.prank(customer);
        rental.handOver(offer, customer);
        vm.warp(T0 + 3 hours);
        _refuseClaim(
            T0,
            T0 + 2 hours + 1,
            abi.encodeWithSelector(Downtime.DowntimeTooLate.selector, id, T0 + 2 hours + 1, T0 + 2 hours)
        );
        _claim(T0, T0 + 2 hours);
    }

    function test_ShouldNoteAClaim() public {
        _begin();
        vm.warp(T0 + 90 minutes);
        bytes32 expected = keccak256(abi.encode(id, T0, T0 + 90 minutes));
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeClaimed(
            id, expected, T0, T0 + 90 minutes, 3e6, T0 + 90 minutes + 3 days, EVIDENCE
        );
        vm.assertEq(_claim(T0, T0 + 90 minutes), expected, "claim");
        vm.assertEq(rental.claims(expected).amount, 3e6, "amount");
        vm.assertEq(rental.courses(id).openClaims, 1, "open");
        _balances(BALANCE - BOND, BOND, 0);
    }

    function test_ShouldStopAtTheCap() public {
        _begin();
        vm.warp(T0 + 100 hours);
        vm.assertEq(rental.claims(_claim(T0, T0 + 29 hours)).amount, 58e6, "29 hours");
        vm.assertEq(rental.claims(_claim(T0 + 29 hours, T0 + 40 hours)).amount, 2e6, "what is left");
        _refuseClaim(
            T0 + 40 hours,
            T0 + 41 hours,
            abi.encodeWithSelector(Downtime.NothingToClaim.selector, id, CAP, CAP)
        );
    }

    function test_ShouldStopAtTheBond() public {
        offer = _bonded(2);
        (offer.terms.bond, offer.terms.downtimeCap) = (5e6, type(uint96).max);
        id = _conclude(offer);
        _begin();
        vm.warp(T0 + 100 hours);
        vm.assertEq(rental.claims(_claim(T0, T0 + 100 hours)).amount, 5e6, "the bond");
    }

    function test_RevertWhen_ItIsWorthNothing() public {
        offer = _bonded(2);
        offer.terms.downtimePerHour = 3599;
        id = _conclude(offer);
        _begin();
        vm.warp(T0 + 1 hours);
        _refuseClaim(T0, T0 + 1, abi.encodeWithSelector(Downtime.NothingToClaim.selector, id, 0, CAP));
    }

    function testFuzz_ShouldPayTimeUpToTheCap(uint96 perHour, uint96 cap, uint96 bond, uint40 time) public {
        offer = _bonded(2);
        bond = uint96(_bound(bond, 1, BALANCE - BOND));
        time = uint40(_bound(time, 1, 3650 days));
        (offer.terms.downtimePerHour, offer.terms.downtimeCap, offer.terms.bond) = (perHour, cap, bond);
        id = _conclude(offer);
        _begin();
        vm.warp(T0 + time);
        uint256 worth = uint256(perHour) * time / 3600;
        if (worth > cap) worth = cap;
        if (worth > bond) worth = bond;
        if (worth == 0) return;
        vm.assertEq(rental.claims(_claim(T0, T0 + time)).amount, worth, "amount");
    }

    // --- claimAttestedDowntime

    function _claimAttested(CremaTypes.Attestation memory a, CremaTypes.Signature memory s) private {
        vm.prank(customer);
        rental.claimAttestedDowntime(offer, customer, T0, T0 + 1 hours, a, s);
    }

    function test_ShouldPayAtOnceOnTheMachinesWord() public {
        _begin();
        vm.warp(T0 + 2 hours);
        bytes32 claim = CremaTypes.downtimeId(id, T0, T0 + 1 hours);
        CremaTypes.Attestation memory a = _down(machine, claim, T0 + 1 hours);
        CremaTypes.Signature memory s = _attest(a, MACHINE_KEY);
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeClaimed(id, claim, T0, T0 + 1 hours, PER_HOUR, T0 + 2 hours, EVIDENCE);
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeCredited(id, claim, PER_HOUR);
        _claimAttested(a, s);
        _balances(BALANCE - BOND, BOND - PER_HOUR, PER_HOUR);
        vm.assertEq(rental.courses(id).openClaims, 0, "none open");
    }

    function test_RevertWhen_TheAttestationIsOfSomethingElse() public {
        _begin();
        vm.warp(T0 + 2 hours);
        bytes32 claim = CremaTypes.downtimeId(id, T0, T0 + 1 hours);
        CremaTypes.Attestation memory a = _down(keccak256("other"), claim, T0 + 1 hours);
        CremaTypes.Signature memory s = _attest(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.WrongMachine.selector, keccak256("other"), machine));
        _claimAttested(a, s);
        a = _down(machine, EVIDENCE, T0 + 1 hours);
        s = _attest(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.WrongSubject.selector, EVIDENCE, claim));
        _claimAttested(a, s);
        a = _down(machine, claim, T0 + 1 hours);
        a.verdict = CremaTypes.FAULT;
        s = _attest(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.WrongVerdict.selector, 1, 8));
        _claimAttested(a, s);
        a = _down(machine, claim, T0 + 1 hours - 1);
        s = _attest(a, MACHINE_KEY);
        _expect(
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, T0 + 1 hours - 1, T0 + 1 hours)
        );
        _claimAttested(a, s);
        a = _down(machine, claim, T0 + 2 hours + 5 minutes + 1);
        s = _attest(a, MACHINE_KEY);
        _expect(
            abi.encodeWithSelector(
                Attestations.AttestationFromTheFuture.selector,
                T0 + 2 hours + 5 minutes + 1,
                T0 + 2 hours + 5 minutes
            )
        );
        _claimAttested(a, s);
        a = _down(machine, claim, T0 + 1 hours);
        s = _attest(a, STRANGER_KEY);
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, stranger));
        _claimAttested(a, s);
    }

    // --- disputeDowntime

    function test_ShouldReserveAsMuchAgain() public {
        bytes32 claim = _claimAnHour();
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeDisputed(id, claim, PER_HOUR, uint40(block.timestamp) + 14 days);
        _dispute(claim);
        _balances(BALANCE - BOND - PER_HOUR, BOND + PER_HOUR, 0);
        bytes memory failure = abi.encodeWithSelector(Rulings.AlreadyDisputed.selector, claim);
        _expect(failure);
        _dispute(claim);
        vm.warp(block.timestamp + 10 days);
        _expect(failure);
        rental.creditDowntime(claim);
    }

    function test_RevertWhen_NothingCanBeDisputed() public {
        _expect(abi.encodeWithSelector(Downtime.UnknownClaim.selector, EVIDENCE));
        _dispute(EVIDENCE);
        bytes32 claim = _claimAnHour();
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, customer, manufacturer));
        vm.prank(customer);
        rental.disputeDowntime(claim);
        vm.prank(manufacturer);
        rental.withdraw(BALANCE - BOND, manufacturer);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 0, PER_HOUR));
        _dispute(claim);
        uint40 payableAt = rental.claims(claim).payableAt;
        vm.warp(payableAt);
        _expect(abi.encodeWithSelector(Downtime.DisputeTimeOver.selector, claim, payableAt, payableAt));
        _dispute(claim);
    }

    function _disputed() private returns (bytes32 claim) {
        claim = _claimAnHour();
        _dispute(claim);
    }

    function test_ShouldPayClaimAndBondWhenRuledSo() public {
        bytes32 claim = _disputed();
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeRuled(id, claim, oracle, CremaTypes.FOR_CREDITOR);
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeCredited(id, claim, PER_HOUR);
        vm.prank(oracle);
        rental.rule(oracle, claim, CremaTypes.FOR_CREDITOR);
        _balances(BALANCE - BOND - PER_HOUR, BOND - PER_HOUR, 2 * PER_HOUR);
        vm.assertEq(rental.courses(id).openClaims, 0, "none open");
    }

    function test_ShouldGiveBothBackWhenRuledSo() public {
        bytes32 claim = _disputed();
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeRejected(id, claim, PER_HOUR);
        vm.prank(oracle);
        rental.rule(oracle, claim, CremaTypes.FOR_DEBTOR);
        _balances(BALANCE - BOND + PER_HOUR, BOND - PER_HOUR, 0);
        vm.assertEq(rental.courses(id).claimed, PER_HOUR, "its share stays used");
    }

    function test_ShouldPayClaimAndBondWhenNobodyRules() public {
        bytes32 claim = _disputed();
        vm.warp(block.timestamp + 14 days + 1);
        vm.prank(stranger);
        rental.endDispute(claim);
        _balances(BALANCE - BOND - PER_HOUR, BOND - PER_HOUR, 2 * PER_HOUR);
    }

    function test_ShouldObeyWhoGivesIn() public {
        bytes32 claim = _disputed();
        vm.prank(customer);
        rental.giveIn(claim);
        _balances(BALANCE - BOND + PER_HOUR, BOND - PER_HOUR, 0);
    }

    // --- creditDowntime

    function test_ShouldPayWhatNobodyDisputed() public {
        _expect(abi.encodeWithSelector(Downtime.UnknownClaim.selector, EVIDENCE));
        rental.creditDowntime(EVIDENCE);
        bytes32 claim = _claimAnHour();
        uint40 payableAt = rental.claims(claim).payableAt;
        vm.warp(payableAt - 1);
        _expect(abi.encodeWithSelector(Downtime.ClaimNotPayable.selector, claim, payableAt, payableAt - 1));
        rental.creditDowntime(claim);
        vm.warp(payableAt);
        vm.expectEmit(address(rental));
        emit Downtime.DowntimeCredited(id, claim, PER_HOUR);
        vm.prank(stranger);
        rental.creditDowntime(claim);
        _balances(BALANCE - BOND, BOND - PER_HOUR, PER_HOUR);
        _expect(abi.encodeWithSelector(Downtime.UnknownClaim.selector, claim));
        rental.creditDowntime(claim);
    }
}
