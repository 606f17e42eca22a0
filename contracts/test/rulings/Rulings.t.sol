// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {Rulings} from "../../src/Rulings.sol";
import {AccountsHarness} from "../support/AccountsHarness.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice Between manufacturer (debtor) and provider (creditor).
contract RulingsTest is CremaTest {
    bytes32 private constant CLAIM = keccak256("claim");
    uint96 private constant BOND = 40;
    uint40 private constant UNTIL = uint40(START) + 14 days;

    AccountsHarness private rulings;

    function setUp() public override {
        super.setUp();
        rulings = new AccountsHarness(identity, payment);
        vm.startPrank(customer);
        token.approve(address(rulings), type(uint256).max);
        rulings.deposit(manufacturer, 100);
        vm.stopPrank();
        vm.assertEq(rulings.dispute(CLAIM, manufacturer, provider, BOND), UNTIL, "until");
    }

    function _attestation(uint8 verdict) private view returns (CremaTypes.Attestation memory) {
        return CremaTypes.Attestation(0, CLAIM, verdict, uint64(block.timestamp), "evidence");
    }

    function _sign(CremaTypes.Attestation memory a, uint256 key)
        private
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, rulings.attestationDigest(a));
    }

    function _refuse(address by, CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        rulings.ruleBySignature(by, a, signature);
    }

    function _assertWon(address winner) private view {
        vm.assertEq(rulings.balanceOf(manufacturer), winner == manufacturer ? 100 : 60, "debtor");
        vm.assertEq(rulings.balanceOf(provider), winner == provider ? 40 : 0, "creditor");
        vm.assertEq(rulings.reservedOf(manufacturer), 0, "nothing reserved");
        vm.assertEq(rulings.disputes(CLAIM).rulingUntil, 0, "over");
    }

    function test_ShouldReserveTheBond() public view {
        Rulings.Dispute memory d = rulings.disputes(CLAIM);
        vm.assertEq(d.debtor, manufacturer, "debtor");
        vm.assertEq(d.creditor, provider, "creditor");
        vm.assertEq(d.bond, BOND, "bond");
        vm.assertEq(d.rulingUntil, UNTIL, "until");
        vm.assertEq(rulings.reservedOf(manufacturer), BOND, "reserved");
    }

    function test_RevertWhen_ItIsDisputedTwiceOrNotCovered() public {
        _expect(abi.encodeWithSelector(Rulings.AlreadyDisputed.selector, CLAIM));
        rulings.dispute(CLAIM, manufacturer, provider, 1);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 60, 61));
        rulings.dispute("other", manufacturer, provider, 61);
    }

    function test_ShouldRuleByCall() public {
        vm.warp(UNTIL);
        vm.expectEmit(address(rulings));
        emit AccountsHarness.Ruled(CLAIM, oracle, CremaTypes.FOR_CREDITOR);
        vm.prank(oracle);
        rulings.rule(oracle, CLAIM, CremaTypes.FOR_CREDITOR);
        _assertWon(provider);
    }

    function test_ShouldRuleBySignature() public {
        CremaTypes.Attestation memory a = _attestation(CremaTypes.FOR_DEBTOR);
        CremaTypes.Signature memory signature = _sign(a, ORACLE_KEY);
        vm.expectEmit(address(rulings));
        emit AccountsHarness.Ruled(CLAIM, oracle, CremaTypes.FOR_DEBTOR);
        vm.prank(stranger);
        rulings.ruleBySignature(oracle, a, signature);
        _assertWon(manufacturer);
        _expect(abi.encodeWithSelector(Rulings.NotDisputed.selector, CLAIM));
        rulings.ruleBySignature(oracle, a, signature);
    }

    function test_ShouldObeyTheOraclesActingKey() public {
        vm.prank(oracle);
        payment.setSigner(acting);
        CremaTypes.Attestation memory a = _attestation(CremaTypes.FOR_DEBTOR);
        _refuse(
            oracle,
            a,
            ORACLE_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector, oracle, rulings.attestationDigest(a), oracle, acting
            )
        );
        vm.prank(acting);
        rulings.rule(oracle, CLAIM, CremaTypes.FOR_DEBTOR);
        _assertWon(manufacturer);
    }

    function test_RevertWhen_ItIsNoOracle() public {
        bytes memory failure = abi.encodeWithSelector(IdentityProvider.MissingRole.selector, stranger, 32);
        _refuse(stranger, _attestation(CremaTypes.FOR_DEBTOR), STRANGER_KEY, failure);
        _expect(failure);
        vm.prank(stranger);
        rulings.rule(stranger, CLAIM, CremaTypes.FOR_DEBTOR);
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, oracle));
        vm.prank(stranger);
        rulings.rule(oracle, CLAIM, CremaTypes.FOR_DEBTOR);
    }

    function test_RevertWhen_ItIsNoRuling() public {
        _refuse(
            oracle,
            _attestation(CremaTypes.FIXED),
            ORACLE_KEY,
            abi.encodeWithSelector(Rulings.NotARuling.selector, CremaTypes.FIXED)
        );
        CremaTypes.Attestation memory a = _attestation(CremaTypes.FOR_DEBTOR);
        a.time = START - 1;
        _refuse(
            oracle,
            a,
            ORACLE_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, START - 1, START)
        );
        a.time = START + 301;
        _refuse(
            oracle,
            a,
            ORACLE_KEY,
            abi.encodeWithSelector(Attestations.AttestationFromTheFuture.selector, START + 301, START + 300)
        );
    }

    function test_RevertWhen_TheOracleIsAParty() public {
        vm.startPrank(owner);
        identity.onboard(stranger, 0, 0);
        vm.stopPrank();
        _decideRoles(stranger, 32);
        _decideRoles(manufacturer, 1 + 32);
        _decideRoles(provider, 8 + 32);
        _refuseParty(manufacturer, manufacturer);
        _refuseParty(provider, provider);
        // an oracle whose acting key is a party's address
        vm.prank(stranger);
        payment.setSigner(provider);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, stranger, provider, provider));
        vm.prank(provider);
        rulings.rule(stranger, CLAIM, CremaTypes.FOR_CREDITOR);
    }

    function _refuseParty(address by, address party) private {
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, by, by, party));
        vm.prank(by);
        rulings.rule(by, CLAIM, CremaTypes.FOR_DEBTOR);
    }

    function _decideRoles(address account, uint8 roles) private {
        vm.startPrank(owner);
        identity.execute(identity.propose(Owners.Kind.SET_ROLES, account, roles));
        vm.stopPrank();
    }

    function test_RevertWhen_TheTimeForARulingIsOver() public {
        vm.warp(UNTIL);
        _expect(abi.encodeWithSelector(Rulings.RulingTimeNotOver.selector, CLAIM, UNTIL));
        rulings.endDispute(CLAIM);
        vm.warp(UNTIL + 1);
        _expect(abi.encodeWithSelector(Rulings.RulingTimeOver.selector, CLAIM, UNTIL));
        vm.prank(oracle);
        rulings.rule(oracle, CLAIM, CremaTypes.FOR_DEBTOR);
        vm.prank(stranger);
        rulings.endDispute(CLAIM);
        _assertWon(provider);
    }

    function test_ShouldLetEitherPartyGiveIn() public {
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, provider));
        vm.prank(stranger);
        rulings.giveIn(CLAIM);
        vm.expectEmit(address(rulings));
        emit AccountsHarness.Ruled(CLAIM, address(0), CremaTypes.FOR_DEBTOR);
        vm.prank(provider);
        rulings.giveIn(CLAIM);
        _assertWon(manufacturer);
        rulings.dispute(CLAIM, manufacturer, provider, BOND);
        vm.prank(manufacturer);
        rulings.giveIn(CLAIM);
        _assertWon(provider);
    }

    function test_RevertWhen_NothingIsDisputed() public {
        bytes32 other = "other";
        bytes memory failure = abi.encodeWithSelector(Rulings.NotDisputed.selector, other);
        _expect(failure);
        rulings.giveIn(other);
        _expect(failure);
        rulings.endDispute(other);
        _expect(failure);
        vm.prank(oracle);
        rulings.rule(oracle, other, CremaTypes.FOR_DEBTOR);
    }
}
