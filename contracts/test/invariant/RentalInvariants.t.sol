// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {Downtime} from "../../src/Downtime.sol";
import {RentalTerm} from "../../src/RentalTerm.sol";
import {Rentals} from "../../src/Rentals.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {RentalModel} from "../support/RentalModel.sol";
import {RentalHandler} from "./RentalHandler.sol";

/// @notice The invariants R1 to R6 of README.md beside this file.
contract RentalInvariants is CremaTest {
    /// @dev What forge calls at random.
    struct FuzzSelector {
        address target;
        bytes4[] selectors;
    }

    RentalHandler private handler;
    RentalModel private model;

    function setUp() public override {
        super.setUp();
        handler = new RentalHandler(rental, machine, customer, oracle, MANUFACTURER_KEY, MACHINE_KEY);
        model = handler.model();
        vm.prank(manufacturer);
        token.approve(address(rental), type(uint256).max);
        handler.deposit(300e6 - 1);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        bytes4[] memory selectors = new bytes4[](13);
        selectors[0] = handler.conclude.selector;
        selectors[1] = handler.begin.selector;
        selectors[2] = handler.terminate.selector;
        selectors[3] = handler.renew.selector;
        selectors[4] = handler.bringBack.selector;
        selectors[5] = handler.claim.selector;
        selectors[6] = handler.dispute.selector;
        selectors[7] = handler.credit.selector;
        selectors[8] = handler.settleDispute.selector;
        selectors[9] = handler.releaseBond.selector;
        selectors[10] = handler.withdraw.selector;
        selectors[11] = handler.pass.selector;
        selectors[12] = handler.deposit.selector;
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    /// @dev One function, so that one run serves all.
    function invariant_ShouldHold() public view {
        _holdWhatItOwes();
        _creditWithinCapAndBond();
        _followFromTheLogs();
    }

    function _holdWhatItOwes() private view {
        uint256 owed = rental.balanceOf(manufacturer) + rental.reservedOf(manufacturer)
            + rental.balanceOf(customer) + rental.reservedOf(customer);
        vm.assertEq(token.balanceOf(address(rental)), owed, "R1: held");
        vm.assertEq(rental.reservedOf(manufacturer), _boundUp(), "R2: each bond is where it belongs");
        vm.assertEq(rental.reservedOf(customer), 0, "R2: nothing of the customer's");
    }

    function _creditWithinCapAndBond() private view {
        CremaTypes.Offer[] memory offers = handler.offers();
        for (uint256 i = 0; i < offers.length; i++) {
            uint96 credited = model.rentals(rental.offerDigest(offers[i])).credited;
            vm.assertLe(credited, offers[i].terms.downtimeCap, "R3: cap");
            vm.assertLe(credited, offers[i].terms.bond, "R3: bond");
        }
    }

    function _followFromTheLogs() private view {
        vm.assertEq(rental.balanceOf(manufacturer), model.balanceOf(manufacturer), "R4: manufacturer");
        vm.assertEq(rental.reservedOf(manufacturer), model.reservedOf(manufacturer), "R4: reserved");
        vm.assertEq(rental.balanceOf(customer), model.balanceOf(customer), "R4: customer");
        bytes32[] memory ids = model.ids();
        for (uint256 i = 0; i < ids.length; i++) {
            _compareRental(ids[i], model.rentals(ids[i]));
        }
        bytes32[] memory claims = model.claimIds();
        for (uint256 i = 0; i < claims.length; i++) {
            RentalModel.Claim memory m = model.claims(claims[i]);
            Downtime.Claim memory c = rental.claims(claims[i]);
            vm.assertEq(c.rental, m.open ? m.rental : bytes32(0), "R4: claim");
            vm.assertEq(c.amount, m.open ? m.amount : 0, "R4: amount");
            vm.assertEq(c.payableAt, m.open ? m.payableAt : 0, "R4: payableAt");
            vm.assertEq(c.disputed, m.open && m.rulingUntil != 0, "R4: disputed");
            vm.assertEq(rental.disputes(claims[i]).rulingUntil, m.rulingUntil, "R4: rulingUntil");
            vm.assertEq(rental.disputes(claims[i]).bond, m.bond, "R4: dispute's bond");
        }
    }

    function afterInvariant() public {
        handler.takeEverythingOut();
        vm.assertEq(token.balanceOf(address(rental)), 0, "R6: all can be taken out");
    }

    function _compareRental(bytes32 id, RentalModel.Rental memory m) private view {
        Rentals.Rental memory r = rental.rentals(id);
        vm.assertEq(r.customer, m.customer, "R4: customer");
        vm.assertEq(r.startedAt, m.startedAt, "R4: startedAt");
        vm.assertEq(r.endsAt, m.endsAt, "R4: endsAt");
        vm.assertEq(r.returned, m.returned, "R4: returned");
        Rentals.Course memory c = rental.courses(id);
        vm.assertEq(c.claimed, m.claimed, "R4: claimed");
        vm.assertEq(c.claimedUntil, m.claimedUntil, "R4: claimedUntil");
        vm.assertEq(c.minimumUntil, m.minimumUntil, "R4: minimumUntil");
        vm.assertEq(c.handedOverAt, m.handedOverAt, "R4: handedOverAt");
        vm.assertEq(c.openClaims, m.openClaims, "R4: openClaims");
        RentalTerm.Renewal memory renewal = rental.renewals(id);
        vm.assertEq(renewal.minimumUntil, m.proposed, "R4: proposed");
        if (m.proposed != 0) vm.assertEq(renewal.byCustomer, m.proposer == m.customer, "R4: proposer");
    }

    /// @dev What all bonds, claims and disputes together reserve.
    function _boundUp() private view returns (uint256 sum) {
        CremaTypes.Offer[] memory offers = handler.offers();
        for (uint256 i = 0; i < offers.length; i++) {
            sum += offers[i].terms.bond - rental.courses(rental.offerDigest(offers[i])).claimed;
        }
        bytes32[] memory claims = model.claimIds();
        for (uint256 i = 0; i < claims.length; i++) {
            sum += rental.claims(claims[i]).amount + rental.disputes(claims[i]).bond;
        }
    }
}
