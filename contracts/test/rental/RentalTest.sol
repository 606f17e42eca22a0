// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice A rental with a bond, concluded but not begun, and a manufacturer with a balance.
abstract contract RentalTest is CremaTest {
    uint96 internal constant BOND = 100e6;
    uint96 internal constant CAP = 60e6;
    uint96 internal constant PER_HOUR = 2e6;
    uint96 internal constant BALANCE = 500e6;
    bytes32 internal constant EVIDENCE = keccak256("evidence");

    CremaTypes.Offer internal offer;
    bytes32 internal id;

    function setUp() public virtual override {
        super.setUp();
        token.mint(manufacturer, BALANCE);
        vm.startPrank(manufacturer);
        token.approve(address(rental), type(uint256).max);
        rental.deposit(manufacturer, BALANCE);
        vm.stopPrank();
        offer = _bonded(1);
        id = _conclude(offer);
    }

    function _bonded(uint256 nonce) internal view returns (CremaTypes.Offer memory o) {
        o = _offer(customer, nonce);
        (o.terms.bond, o.terms.downtimeCap, o.terms.downtimePerHour) = (BOND, CAP, PER_HOUR);
    }

    function _conclude(CremaTypes.Offer memory o) internal returns (bytes32 concluded) {
        CremaTypes.Signature memory signature = _signOffer(o, MANUFACTURER_KEY);
        vm.prank(customer);
        (concluded,) = rental.conclude(o, signature, DEPOSIT, _noPermit());
    }

    function _begin() internal {
        vm.prank(customer);
        rental.begin(offer, customer, 0);
    }

    function _terminate(address by) internal {
        vm.prank(by);
        rental.terminate(offer, customer);
    }

    function _endsAt() internal view returns (uint40) {
        return rental.rentals(id).endsAt;
    }

    function _claim(uint40 from, uint40 until) internal returns (bytes32) {
        vm.prank(customer);
        return rental.claimDowntime(offer, customer, from, until, EVIDENCE);
    }

    function _refuseClaim(uint40 from, uint40 until, bytes memory failure) internal {
        _expect(failure);
        _claim(from, until);
    }

    /// @dev The first hour, an hour after the rental has begun.
    function _claimAnHour() internal returns (bytes32) {
        _begin();
        vm.warp(START + 1 hours);
        return _claim(uint40(START), uint40(START) + 1 hours);
    }

    function _dispute(bytes32 claim) internal {
        vm.prank(manufacturer);
        rental.disputeDowntime(claim);
    }

    function _down(bytes32 machine_, bytes32 subject, uint64 time)
        internal
        pure
        returns (CremaTypes.Attestation memory)
    {
        return CremaTypes.Attestation(machine_, subject, CremaTypes.DOWN, time, EVIDENCE);
    }

    function _attest(CremaTypes.Attestation memory attestation, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        bytes32 digest =
            MessageHashUtils.toTypedDataHash(rental.domainSeparator(), CremaTypes.hash(attestation));
        (s.r, s.vs) = vm.signCompact(key, digest);
    }

    function _balances(uint256 ofManufacturer, uint256 reserved, uint256 ofCustomer) internal view {
        vm.assertEq(rental.balanceOf(manufacturer), ofManufacturer, "the manufacturer's");
        vm.assertEq(rental.reservedOf(manufacturer), reserved, "reserved");
        vm.assertEq(rental.balanceOf(customer), ofCustomer, "the customer's");
        vm.assertEq(rental.reservedOf(customer), 0, "nothing of the customer's");
        vm.assertEq(token.balanceOf(address(rental)), BALANCE, "held");
    }
}
