// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {Parties} from "../../src/Parties.sol";
import {RentalTerm} from "../../src/RentalTerm.sol";
import {Rentals} from "../../src/Rentals.sol";
import {RentalTest} from "./RentalTest.sol";

contract TermTest is RentalTest {
    bytes32 private constant ORDER = keccak256("order");

    function _notAllowed(address caller, address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Parties.NotAllowed.selector, caller, account);
    }

    function _propose(address by, uint40 until) private {
        vm.prank(by);
        rental.proposeRenewal(offer, customer, until);
    }

    function _accept(address by, uint40 until) private {
        vm.prank(by);
        rental.acceptRenewal(offer, customer, until);
    }

    // --- begin

    function test_RevertWhen_TheRentalIsUnknown() public {
        CremaTypes.Offer memory other = _bonded(2);
        _expect(abi.encodeWithSelector(Rentals.UnknownRental.selector, rental.offerDigest(other)));
        rental.begin(other, customer, 0);
        _expect(abi.encodeWithSelector(Rentals.NotTheCustomer.selector, id, stranger, customer));
        vm.prank(stranger);
        rental.begin(offer, stranger, 0);
    }

    function test_RevertWhen_ItHasBegunOrEnded() public {
        _begin();
        _expect(abi.encodeWithSelector(RentalTerm.RentalAlreadyBegun.selector, id, START));
        _begin();
        offer = _bonded(2);
        id = _conclude(offer);
        _terminate(customer);
        vm.warp(START + 30 days);
        _expect(abi.encodeWithSelector(Rentals.RentalEnded.selector, id, START + 30 days, START + 30 days));
        _begin();
    }

    function test_ShouldBeginByTheCustomer() public {
        _expect(_notAllowed(manufacturer, customer));
        vm.prank(manufacturer);
        rental.begin(offer, customer, 0);
        vm.prank(customer);
        payment.setSigner(acting);
        vm.expectEmit(address(rental));
        emit RentalTerm.RentalBegun(id, uint40(START), 0);
        vm.prank(acting);
        rental.begin(offer, customer, 0);
        vm.assertEq(rental.rentals(id).startedAt, START, "startedAt");
    }

    function test_ShouldBeginByADeliveredOrder() public {
        deliveries.state(ORDER, keccak256("other"), true);
        _expect(abi.encodeWithSelector(RentalTerm.OrderForOther.selector, ORDER, keccak256("other"), id));
        rental.begin(offer, customer, ORDER);
        deliveries.state(ORDER, id, false);
        _expect(abi.encodeWithSelector(RentalTerm.OrderNotDelivered.selector, ORDER));
        rental.begin(offer, customer, ORDER);
        deliveries.state(ORDER, id, true);
        vm.expectEmit(address(rental));
        emit RentalTerm.RentalBegun(id, uint40(START), ORDER);
        vm.prank(stranger);
        rental.begin(offer, customer, ORDER);
    }

    // --- terminate

    function test_RevertWhen_AStrangerTerminates() public {
        _expect(_notAllowed(stranger, manufacturer));
        _terminate(stranger);
    }

    function test_ShouldEndAfterTheNoticeBeforeItBegins() public {
        vm.expectEmit(address(rental));
        emit RentalTerm.RentalTerminated(id, customer, uint40(START) + 30 days);
        _terminate(customer);
        _expect(abi.encodeWithSelector(RentalTerm.RentalAlreadyTerminated.selector, id, START + 30 days));
        _terminate(manufacturer);
    }

    function test_ShouldEndWithTheMinimumTerm() public {
        vm.warp(START + 5 days);
        _begin();
        vm.warp(START + 100 days);
        vm.expectEmit(address(rental));
        emit RentalTerm.RentalTerminated(id, manufacturer, uint40(START) + 185 days);
        _terminate(manufacturer);
    }

    function test_ShouldEndAfterTheNoticeLater() public {
        _begin();
        vm.warp(START + 200 days);
        _terminate(customer);
        vm.assertEq(_endsAt(), START + 230 days, "endsAt");
    }

    function testFuzz_ShouldEndNoSoonerThanAgreed(uint40 begun, uint40 told) public {
        begun = uint40(START + _bound(begun, 0, 3650 days));
        told = uint40(_bound(told, begun, begun + 3650 days));
        vm.warp(begun);
        _begin();
        vm.warp(told);
        _terminate(customer);
        uint256 notice = uint256(told) + 30 days;
        uint256 minimum = uint256(begun) + 180 days;
        vm.assertEq(_endsAt(), notice > minimum ? notice : minimum, "endsAt");
    }

    // --- renewals

    function test_ShouldRenewWithTheOthersConsent() public {
        _begin();
        _terminate(customer);
        uint40 until = uint40(START) + 720 days;
        vm.expectEmit(address(rental));
        emit RentalTerm.RenewalProposed(id, customer, until);
        _propose(customer, until);
        _expect(_notAllowed(customer, manufacturer));
        _accept(customer, until);
        _expect(abi.encodeWithSelector(RentalTerm.NoRenewalProposed.selector, id, until + 1, until));
        _accept(manufacturer, until + 1);
        vm.expectEmit(address(rental));
        emit RentalTerm.RentalRenewed(id, until);
        _accept(manufacturer, until);
        vm.assertEq(_endsAt(), 0, "lifted");
        vm.assertEq(rental.courses(id).minimumUntil, until, "minimum");
        _expect(abi.encodeWithSelector(RentalTerm.NoRenewalProposed.selector, id, until, 0));
        _accept(manufacturer, until);
        _terminate(manufacturer);
        vm.assertEq(_endsAt(), until, "ends with it");
    }

    function test_ShouldTakeTheNewestProposal() public {
        uint40 until = uint40(START) + 720 days;
        _propose(customer, until);
        _propose(manufacturer, until + 1);
        _expect(_notAllowed(manufacturer, customer));
        _accept(manufacturer, until + 1);
        _propose(customer, 0);
        vm.assertEq(rental.renewals(id).minimumUntil, 0, "taken back");
        _propose(manufacturer, until);
        _terminate(manufacturer);
        _expect(abi.encodeWithSelector(RentalTerm.NoRenewalProposed.selector, id, until, 0));
        _accept(customer, until);
    }

    function test_RevertWhen_NothingCanBeRenewed() public {
        uint40 until = uint40(START) + 720 days;
        _expect(_notAllowed(stranger, manufacturer));
        _propose(stranger, until);
        bytes memory outOfBounds = abi.encodeWithSelector(
            RentalTerm.MinimumOutOfBounds.selector, START, START + 1, START + 3650 days
        );
        _expect(outOfBounds);
        _propose(customer, uint40(START));
        _expect(
            abi.encodeWithSelector(
                RentalTerm.MinimumOutOfBounds.selector, START + 3650 days + 1, START + 1, START + 3650 days
            )
        );
        _propose(customer, uint40(START) + 3650 days + 1);
        _propose(customer, uint40(START) + 5);
        vm.warp(START + 5);
        _expect(
            abi.encodeWithSelector(
                RentalTerm.MinimumOutOfBounds.selector, START + 5, START + 6, START + 5 + 3650 days
            )
        );
        _accept(manufacturer, uint40(START) + 5);
        _terminate(customer);
        _propose(customer, until);
        vm.warp(START + 5 + 30 days);
        bytes memory ended = abi.encodeWithSelector(
            Rentals.RentalEnded.selector, id, START + 5 + 30 days, START + 5 + 30 days
        );
        _expect(ended);
        _accept(manufacturer, until);
        _expect(ended);
        _propose(manufacturer, until);
    }

    function test_RevertWhen_RenewedAfterTheHandOver() public {
        _terminate(customer);
        _propose(manufacturer, uint40(START) + 1 days);
        vm.prank(customer);
        rental.handOver(offer, customer);
        _expect(abi.encodeWithSelector(RentalTerm.AlreadyHandedOver.selector, id, START));
        _accept(customer, uint40(START) + 1 days);
    }

    // --- return

    function test_ShouldHandOverByTheCustomerOnce() public {
        vm.startPrank(customer);
        _expect(abi.encodeWithSelector(Rentals.RentalNotTerminated.selector, id));
        rental.handOver(offer, customer);
        rental.terminate(offer, customer);
        vm.stopPrank();
        _expect(_notAllowed(manufacturer, customer));
        vm.prank(manufacturer);
        rental.handOver(offer, customer);
        vm.expectEmit(address(rental));
        emit RentalTerm.MachineHandedOver(id, uint40(START));
        vm.startPrank(customer);
        rental.handOver(offer, customer);
        _expect(abi.encodeWithSelector(RentalTerm.AlreadyHandedOver.selector, id, START));
        rental.handOver(offer, customer);
    }

    function test_ShouldConfirmTheReturn() public {
        _expect(abi.encodeWithSelector(RentalTerm.NotHandedOver.selector, id));
        vm.prank(manufacturer);
        rental.confirmReturn(offer, customer);
        _terminate(customer);
        vm.prank(customer);
        rental.handOver(offer, customer);
        vm.expectEmit(address(rental));
        emit RentalTerm.MachineReturned(id, true);
        vm.startPrank(manufacturer);
        rental.confirmReturn(offer, customer);
        vm.assertTrue(rental.rentals(id).returned, "returned");
        _expect(abi.encodeWithSelector(RentalTerm.AlreadyReturned.selector, id));
        rental.confirmReturn(offer, customer);
    }

    function test_ShouldCountSilenceAsReturn() public {
        _terminate(customer);
        vm.prank(customer);
        rental.handOver(offer, customer);
        vm.warp(START + 14 days - 1);
        _expect(
            abi.encodeWithSelector(
                RentalTerm.ReturnNotConfirmed.selector, id, START + 14 days, START + 14 days - 1
            )
        );
        vm.prank(customer);
        rental.confirmReturn(offer, customer);
        vm.warp(START + 14 days);
        vm.expectEmit(address(rental));
        emit RentalTerm.MachineReturned(id, false);
        rental.confirmReturn(offer, customer);
    }
}
