// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {Downtime} from "../../src/Downtime.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {RentalTerm} from "../../src/RentalTerm.sol";
import {Rulings} from "../../src/Rulings.sol";
import {RentalTest} from "../rental/RentalTest.sol";

/// @notice What strangers, customers, manufacturers and machines might try at rentals and their bonds.
contract RentalAttacksTest is RentalTest {
    uint40 private constant T0 = uint40(START);

    function _customers(address account) private {
        vm.prank(owner);
        identity.onboard(account, 2, 0);
    }

    /// @dev A stranger concludes an offer that was made to the customer.
    function test_Attack_AStrangerConcludes() public {
        _customers(stranger);
        CremaTypes.Offer memory o = _bonded(2);
        CremaTypes.Signature memory s = _signOffer(o, MANUFACTURER_KEY);
        _expect(abi.encodeWithSelector(RentalProvider.OfferForOther.selector, customer, stranger));
        vm.prank(stranger);
        rental.conclude(o, s, DEPOSIT, _noPermit());
        o.customer = stranger;
        bytes32 changed = rental.offerDigest(o);
        (bool ok,) = address(rental).call(abi.encodeCall(rental.conclude, (o, s, DEPOSIT, _noPermit())));
        vm.assertFalse(ok, "by its relay");
        vm.assertEq(rental.rentals(changed).customer, address(0), "nothing concluded");
    }

    /// @dev An offer is taken twice: by the same customer, by another one, or after its nonce was cancelled.
    function test_Attack_AnOfferIsReplayed() public {
        CremaTypes.Offer memory o = _bonded(2);
        o.customer = address(0);
        _conclude(o);
        CremaTypes.Signature memory s = _signOffer(o, MANUFACTURER_KEY);
        bytes memory used = abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 2);
        _expect(used);
        vm.prank(customer);
        rental.conclude(o, s, DEPOSIT, _noPermit());
        _customers(stranger);
        token.mint(stranger, DEPOSIT);
        vm.startPrank(stranger);
        token.approve(address(payment), DEPOSIT);
        _expect(used);
        rental.conclude(o, s, DEPOSIT, _noPermit());
        vm.stopPrank();
        o.nonce = 3;
        s = _signOffer(o, MANUFACTURER_KEY);
        vm.prank(manufacturer);
        rental.cancelOffer(3);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 3));
        vm.prank(customer);
        rental.conclude(o, s, DEPOSIT, _noPermit());
    }

    /// @dev A stranger burns the manufacturer's nonces.
    function test_Attack_AStrangerCancels() public {
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, manufacturer));
        vm.prank(stranger);
        rental.cancelOfferFor(manufacturer, 2);
        vm.prank(stranger);
        rental.cancelOffer(2);
        _conclude(_bonded(2));
    }

    /// @dev The signature is bent (high s, as EIP-2098 cannot say it; other parity) or replayed on another chain.
    function test_Attack_AnotherSignatureOrChain() public {
        CremaTypes.Offer memory o = _bonded(2);
        CremaTypes.Signature memory s = _signOffer(o, MANUFACTURER_KEY);
        s.vs = bytes32(uint256(s.vs) ^ (1 << 255));
        vm.prank(customer);
        (bool ok,) = address(rental).call(abi.encodeCall(rental.conclude, (o, s, DEPOSIT, _noPermit())));
        vm.assertFalse(ok, "other parity");
        s = _signOffer(o, MANUFACTURER_KEY);
        vm.chainId(2);
        vm.prank(customer);
        (ok,) = address(rental).call(abi.encodeCall(rental.conclude, (o, s, DEPOSIT, _noPermit())));
        vm.assertFalse(ok, "other chain");
    }

    /// @dev Somebody uses the customer's permit before its conclusion is mined.
    function test_Attack_ThePermitIsFrontRun() public {
        vm.prank(customer);
        token.approve(address(payment), 0);
        CremaTypes.Offer memory o = _bonded(2);
        CremaTypes.Signature memory s = _signOffer(o, MANUFACTURER_KEY);
        Permits.Permit memory permit = _permit(CUSTOMER_KEY, DEPOSIT, START + 1);
        vm.prank(stranger);
        token.permit(
            customer,
            address(payment),
            permit.value,
            permit.deadline,
            uint8(uint256(permit.vs) >> 255) + 27,
            permit.r,
            bytes32(uint256(permit.vs) & (type(uint256).max >> 1))
        );
        vm.prank(customer);
        rental.conclude(o, s, DEPOSIT, permit);
        vm.assertEq(_stored(_id(2)).deposited, DEPOSIT, "concluded all the same");
    }

    /// @dev An Acceptance is submitted again, for the same or for another offer, or with somebody else's money.
    function test_Attack_AnAcceptanceIsReplayed() public {
        CremaTypes.Offer memory o = _bonded(2);
        CremaTypes.Signature memory s = _signOffer(o, MANUFACTURER_KEY);
        CremaTypes.Acceptance memory a =
            CremaTypes.Acceptance(rental.offerDigest(o), DEPOSIT, START + 1 hours);
        CremaTypes.Signature memory accepted = _signAcceptance(a, CUSTOMER_KEY);
        rental.concludeFor(o, s, a, accepted, _noPermit());
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 2));
        rental.concludeFor(o, s, a, accepted, _noPermit());
        o.nonce = 3;
        s = _signOffer(o, MANUFACTURER_KEY);
        bytes32 other = rental.offerDigest(o);
        _expect(abi.encodeWithSelector(RentalProvider.AcceptanceForOtherOffer.selector, a.offer, other));
        rental.concludeFor(o, s, a, accepted, _noPermit());
        a.deposit = DEPOSIT + 1;
        a.offer = other;
        bytes32 digest = rental.acceptanceDigest(a);
        (bool ok, bytes memory failure) =
            address(rental).call(abi.encodeCall(rental.concludeFor, (o, s, a, accepted, _noPermit())));
        vm.assertFalse(ok, "with more money");
        vm.assertTrue(bytes4(failure) == Parties.NotSignedBy.selector && digest != 0, "not signed");
    }

    /// @dev The manufacturer takes the money of a bond that backs a rental.
    function test_Attack_TheBondIsTakenOut() public {
        vm.startPrank(manufacturer);
        rental.withdraw(BALANCE - BOND, manufacturer);
        (bool ok,) = address(rental).call(abi.encodeCall(rental.withdraw, (1, manufacturer)));
        vm.assertFalse(ok, "reserved");
    }

    /// @dev The machine's attestation is used for another interval, rental, contract, or after the machine has a new key.
    function test_Attack_AMachinesWordIsReplayed() public {
        _begin();
        CremaTypes.Offer memory second = _bonded(2);
        bytes32 secondId = _conclude(second);
        vm.prank(customer);
        rental.begin(second, customer, 0);
        vm.warp(T0 + 3 hours);
        bytes32 claim = CremaTypes.downtimeId(id, T0, T0 + 1 hours);
        CremaTypes.Attestation memory a = _down(machine, claim, T0 + 1 hours);
        CremaTypes.Signature memory s = _attest(a, MACHINE_KEY);
        vm.startPrank(customer);
        rental.claimAttestedDowntime(offer, customer, T0, T0 + 1 hours, a, s);
        _expect(abi.encodeWithSelector(Downtime.DowntimeTooEarly.selector, id, T0, T0 + 1 hours));
        rental.claimAttestedDowntime(offer, customer, T0, T0 + 1 hours, a, s);
        bytes32 wanted = CremaTypes.downtimeId(secondId, T0, T0 + 1 hours);
        _expect(abi.encodeWithSelector(Attestations.WrongSubject.selector, claim, wanted));
        rental.claimAttestedDowntime(second, customer, T0, T0 + 1 hours, a, s);
        vm.stopPrank();
        a = _down(machine, wanted, T0 + 1 hours);
        s = _attest(a, MACHINE_KEY);
        vm.prank(manufacturer);
        identity.rotateMachineKey(machine, employee, 0);
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, machineKey));
        vm.prank(customer);
        rental.claimAttestedDowntime(second, customer, T0, T0 + 1 hours, a, s);
    }

    /// @dev The manufacturer lets its machine attest a second of downtime, so that the hours before it are too early.
    function test_Attack_AnotherClaimsInTheCustomersName() public {
        _begin();
        vm.warp(T0 + 10 hours);
        bytes32 claim = CremaTypes.downtimeId(id, T0 + 10 hours - 1, T0 + 10 hours);
        CremaTypes.Attestation memory a = _down(machine, claim, T0 + 10 hours);
        CremaTypes.Signature memory s = _attest(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, manufacturer, customer));
        vm.prank(manufacturer);
        rental.claimAttestedDowntime(offer, customer, T0 + 10 hours - 1, T0 + 10 hours, a, s);
        _claim(T0, T0 + 10 hours);
    }

    /// @dev A customer claims what never was, again and again: the cap bounds what must be disputed.
    function test_Attack_FalseClaimsWithoutEnd() public {
        _begin();
        vm.warp(T0 + 1000 hours);
        uint40 from = T0;
        while (rental.courses(id).claimed < CAP) {
            bytes32 claim = _claim(from, from + 10 hours);
            from += 10 hours;
            _dispute(claim);
            vm.prank(oracle);
            rental.rule(oracle, claim, CremaTypes.FOR_DEBTOR);
        }
        _refuseClaim(
            from, from + 1 hours, abi.encodeWithSelector(Downtime.NothingToClaim.selector, id, CAP, CAP)
        );
        _balances(BALANCE - BOND + CAP, BOND - CAP, 0);
    }

    /// @dev A customer keeps the bond bound with one tiny claim after the other.
    function test_Attack_TheBondIsKeptBound() public {
        _begin();
        _terminate(customer);
        uint40 endsAt = _endsAt();
        vm.warp(endsAt + 30 days - 1);
        bytes32 claim = _claim(T0, T0 + 1);
        vm.warp(endsAt + 30 days + 3 days);
        rental.creditDowntime(claim);
        _refuseClaim(
            T0 + 1,
            T0 + 2,
            abi.encodeWithSelector(Downtime.ClaimTimeOver.selector, id, endsAt + 30 days, endsAt + 33 days)
        );
        rental.releaseBond(offer, customer);
    }

    /// @dev A party rules as an oracle, by itself or as the key of another.
    function test_Attack_APartyRules() public {
        bytes32 claim = _claimAnHour();
        _dispute(claim);
        _decide(Owners.Kind.SET_ROLES, manufacturer, 33);
        _expect(
            abi.encodeWithSelector(
                Attestations.OracleIsAParty.selector, manufacturer, manufacturer, manufacturer
            )
        );
        vm.prank(manufacturer);
        rental.rule(manufacturer, claim, CremaTypes.FOR_DEBTOR);
        vm.prank(oracle);
        payment.setSigner(customer);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, oracle, customer, customer));
        vm.prank(customer);
        rental.rule(oracle, claim, CremaTypes.FOR_CREDITOR);
    }

    /// @dev The customer names the oracle its acting key, so that it seems to be a party, and nobody rules in time.
    function test_Attack_APartyKeepsTheOracleFromRuling() public {
        bytes32 claim = _claimAnHour();
        _dispute(claim);
        vm.prank(customer);
        payment.setSigner(oracle);
        vm.prank(oracle);
        rental.rule(oracle, claim, CremaTypes.FOR_DEBTOR);
        _balances(BALANCE - BOND + PER_HOUR, BOND - PER_HOUR, 0);
    }

    /// @dev An oracle's word about one claim is used for another, or again.
    function test_Attack_ARulingIsReplayed() public {
        bytes32 first = _claimAnHour();
        _dispute(first);
        vm.warp(T0 + 2 hours);
        bytes32 other = _claim(T0 + 1 hours, T0 + 2 hours);
        _dispute(other);
        CremaTypes.Attestation memory a =
            CremaTypes.Attestation(0, first, CremaTypes.FOR_CREDITOR, T0 + 2 hours, 0);
        CremaTypes.Signature memory s = _attest(a, ORACLE_KEY);
        rental.ruleBySignature(oracle, a, s);
        _expect(abi.encodeWithSelector(Rulings.NotDisputed.selector, first));
        rental.ruleBySignature(oracle, a, s);
        a.subject = other;
        (bool ok,) = address(rental).call(abi.encodeCall(rental.ruleBySignature, (oracle, a, s)));
        vm.assertFalse(ok, "for another claim");
    }

    /// @dev One side slips another date into what the other accepts, or uses a consent given before a termination.
    function test_Attack_ARenewalIsSwapped() public {
        uint40 until = T0 + 400 days;
        vm.prank(manufacturer);
        rental.proposeRenewal(offer, customer, until);
        vm.prank(manufacturer);
        rental.proposeRenewal(offer, customer, until + 3000 days);
        _expect(abi.encodeWithSelector(RentalTerm.NoRenewalProposed.selector, id, until, until + 3000 days));
        vm.prank(customer);
        rental.acceptRenewal(offer, customer, until);
        _terminate(customer);
        _expect(abi.encodeWithSelector(RentalTerm.NoRenewalProposed.selector, id, until, 0));
        vm.prank(customer);
        rental.acceptRenewal(offer, customer, until);
    }

    /// @dev Another offer's terms are shown for this rental: a shorter notice, a larger bond.
    function test_Attack_OtherTermsAreShown() public {
        CremaTypes.Offer memory o = offer;
        o.terms.notice = 0;
        o.terms.bond = type(uint96).max;
        (bool ok,) = address(rental).call(abi.encodeCall(rental.releaseBond, (o, customer)));
        vm.assertFalse(ok, "bond");
        vm.prank(customer);
        (ok,) = address(rental).call(abi.encodeCall(rental.terminate, (o, customer)));
        vm.assertFalse(ok, "notice");
    }

    /// @dev A stranger moves a timer: in any of the calls that set one.
    function test_Attack_AStrangerMovesATimer() public {
        bytes[7] memory calls = [
            abi.encodeCall(rental.begin, (offer, customer, 0)),
            abi.encodeCall(rental.begin, (offer, customer, EVIDENCE)),
            abi.encodeCall(rental.terminate, (offer, customer)),
            abi.encodeCall(rental.proposeRenewal, (offer, customer, T0 + 1 days)),
            abi.encodeCall(rental.acceptRenewal, (offer, customer, T0 + 1 days)),
            abi.encodeCall(rental.handOver, (offer, customer)),
            abi.encodeCall(rental.claimDowntime, (offer, customer, T0, T0 + 1, 0))
        ];
        for (uint256 i = 0; i < calls.length; i++) {
            vm.prank(stranger);
            (bool ok,) = address(rental).call(calls[i]);
            vm.assertFalse(ok, "refused");
        }
        vm.assertEq(rental.rentals(id).startedAt, 0, "not begun");
        vm.assertEq(rental.rentals(id).endsAt, 0, "not terminated");
    }
}
