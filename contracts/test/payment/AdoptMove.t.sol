// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "../../src/ActingKeys.sol";
import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract AdoptMoveTest is CremaTest {
    uint256 internal constant NEW_KEY = 0xB1;
    uint40 internal constant OVERLAP = uint40(MAX_PERIOD) * 60;
    address internal moved = vm.addr(NEW_KEY);

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _move(uint256 key) private {
        _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(vm.addr(key)));
    }

    function _adopt(uint256 key) private {
        _move(key);
        payment.adoptMove(customer);
    }

    function _redeem(uint96 total, uint256 key) private {
        payment.redeem(manufacturer, _sign(_unsigned(1, 1, total), key));
    }

    function _refuse(uint96 total, uint256 key, address expected) private {
        PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, total), key);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, vm.addr(key), expected));
        payment.redeem(manufacturer, r);
    }

    function test_RevertWhen_TheIdentityNeverMoved() public {
        _expect(abi.encodeWithSelector(ActingKeys.NoNewMove.selector, customer, 0, 0));
        payment.adoptMove(customer);
    }

    function test_RevertWhen_TheMoveIsAdoptedAlready() public {
        _adopt(NEW_KEY);
        _expect(abi.encodeWithSelector(ActingKeys.NoNewMove.selector, customer, 1, 1));
        payment.adoptMove(customer);
    }

    function test_ShouldLetAnyoneTakeTheMoveOver() public {
        _move(NEW_KEY);
        uint40 until = uint40(START) + OVERLAP;
        vm.expectEmit(address(payment));
        emit ActingKeys.MoveAdopted(customer, moved, 1);
        vm.expectEmit(address(payment));
        emit ActingKeys.ActingKeyChanged(customer, 0, moved, until);
        vm.prank(stranger);
        payment.adoptMove(customer);
        ActingKeys.ActingKey memory key = payment.actingKeys(customer);
        vm.assertEq(key.signer, moved, "signer");
        vm.assertEq(key.generation, 1, "generation");
        vm.assertEq(key.previousUntil, until, "previousUntil");
        vm.assertEq(payment.signerOf(customer), moved, "signerOf");
        vm.assertEq(payment.controllerOf(customer), moved, "controllerOf");
        vm.assertTrue(payment.actsFor(customer, moved), "the new key acts");
        vm.assertFalse(payment.actsFor(customer, customer), "the old one does not");
    }

    function test_ShouldKeepWhatTheOldKeySignedPayable() public {
        _adopt(NEW_KEY);
        _redeem(10e6, CUSTOMER_KEY);
        _redeem(20e6, NEW_KEY);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 30e6, _plainBadge()));
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 40e6, _plainBadge(), NEW_KEY));
        vm.warp(START + OVERLAP - 1);
        _redeem(50e6, CUSTOMER_KEY);
        vm.warp(START + OVERLAP);
        _refuse(60e6, CUSTOMER_KEY, moved);
        _redeem(60e6, NEW_KEY);
        vm.assertEq(payment.credited(manufacturer), 60e6, "credited");
        vm.assertEq(payment.displacedKeys(customer).length, 0, "none counts any more");
    }

    function test_ShouldOverrideAPendingChange() public {
        vm.prank(customer);
        payment.setSigner(acting);
        vm.warp(START + 1 days);
        _adopt(NEW_KEY);
        vm.assertEq(payment.signerOf(customer), moved, "signer");
        ActingKeys.DisplacedKey[] memory old = payment.displacedKeys(customer);
        vm.assertEq(old.length, 2, "both displaced keys count");
        vm.assertEq(old[0].signer, customer, "first");
        vm.assertEq(old[0].until, START + OVERLAP, "its own end");
        vm.assertEq(old[1].signer, acting, "second");
        vm.assertEq(old[1].until, START + 1 days + OVERLAP, "its own end");
        _redeem(10e6, CUSTOMER_KEY);
        _redeem(20e6, ACTING_KEY);
        vm.warp(START + OVERLAP);
        _refuse(30e6, CUSTOMER_KEY, moved);
        _redeem(30e6, ACTING_KEY);
        vm.warp(START + 1 days + OVERLAP);
        _refuse(40e6, ACTING_KEY, moved);
    }

    function test_ShouldTakeOnlyTheNewestOfSeveralMoves() public {
        _move(NEW_KEY);
        _move(NEW_KEY + 1);
        payment.adoptMove(customer);
        vm.assertEq(payment.signerOf(customer), vm.addr(NEW_KEY + 1), "signer");
        vm.assertEq(payment.actingKeys(customer).generation, 2, "generation");
        _refuse(10e6, NEW_KEY, vm.addr(NEW_KEY + 1));
    }

    function test_ShouldLetTheNewKeyDoWhatTheAccountDid() public {
        _adopt(NEW_KEY);
        vm.startPrank(moved);
        payment.requestCloseFor(customer, manufacturer, 1);
        vm.warp(START + uint256(PERIOD) * 60);
        payment.close(customer, manufacturer, 1);
        payment.withdrawFor(customer, moved);
        vm.assertEq(token.balanceOf(moved), DEPOSIT, "withdrawn");
        vm.warp(START + OVERLAP);
        payment.raiseEpochFor(customer, 7);
        vm.assertEq(payment.actingKeys(customer).epoch, 7, "epoch");
        vm.warp(START + 2 * OVERLAP);
        payment.setSignerFor(customer, acting);
        vm.assertEq(payment.signerOf(customer), acting, "signer");
        vm.assertTrue(payment.actsFor(customer, moved), "still in control");
        vm.warp(START + 3 * OVERLAP);
        payment.setSignerFor(customer, address(0));
        vm.assertEq(payment.signerOf(customer), moved, "0 is the key moved to, never the account's address");
    }

    function test_RevertWhen_TheOldAddressActs() public {
        _adopt(NEW_KEY);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        _open(2, DEPOSIT);
        vm.warp(START + OVERLAP);
        bytes memory refused = abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, customer, customer);
        vm.startPrank(customer);
        _expect(refused);
        payment.withdraw(customer);
        _expect(refused);
        payment.withdrawFor(customer, customer);
        _expect(refused);
        payment.requestClose(manufacturer, 2);
        _expect(refused);
        payment.requestCloseFor(customer, manufacturer, 2);
        _expect(refused);
        payment.close(customer, manufacturer, 2);
        refused = abi.encodeWithSelector(ActingKeys.NotController.selector, customer, moved);
        _expect(refused);
        payment.raiseEpoch(1);
        _expect(refused);
        payment.setSigner(acting);
        _expect(refused);
        payment.setSignerFor(customer, acting);
    }

    function test_ShouldMoveBackToTheAccountItself() public {
        _adopt(NEW_KEY);
        vm.warp(START + OVERLAP);
        _adopt(CUSTOMER_KEY);
        vm.assertTrue(payment.actsFor(customer, customer), "acts again");
        vm.assertFalse(payment.actsFor(customer, moved), "the other one no more");
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        vm.prank(customer);
        payment.withdraw(customer);
    }

    function test_ShouldMoveAPayeeToo() public {
        _redeem(10e6, CUSTOMER_KEY);
        _decide(Owners.Kind.MOVE_IDENTITY, manufacturer, uint160(moved));
        payment.adoptMove(manufacturer);
        _expect(abi.encodeWithSelector(PaymentProvider.NotAllowed.selector, manufacturer, manufacturer));
        vm.prank(manufacturer);
        payment.withdraw(manufacturer);
        _redeem(20e6, CUSTOMER_KEY);
        vm.startPrank(moved);
        payment.withdrawFor(manufacturer, moved);
        payment.close(customer, manufacturer, 1);
        vm.assertEq(token.balanceOf(moved), 20e6, "withdrawn");
    }

    function test_RevertWhen_AStrangerChangesAnothersKeys() public {
        bytes memory refused = abi.encodeWithSelector(ActingKeys.NotController.selector, stranger, customer);
        vm.startPrank(stranger);
        _expect(refused);
        payment.setSignerFor(customer, stranger);
        _expect(refused);
        payment.raiseEpochFor(customer, 9);
    }

    function test_ShouldWaitForAPlaceWhenFourDisplacedKeysCount() public {
        for (uint256 i = 0; i < 4; i++) {
            vm.warp(START + i * 1 days);
            _adopt(NEW_KEY + i);
        }
        vm.warp(START + 4 days);
        _move(NEW_KEY + 4);
        uint40 first = uint40(START) + OVERLAP;
        _expect(abi.encodeWithSelector(ActingKeys.TooManyDisplaced.selector, customer, first));
        payment.adoptMove(customer);
        // all that was ever signed is still payable
        _redeem(10e6, CUSTOMER_KEY);
        for (uint256 i = 0; i < 4; i++) {
            _redeem(uint96(20e6 + i), NEW_KEY + i);
        }
        vm.warp(first);
        payment.adoptMove(customer);
        vm.assertEq(payment.displacedKeys(customer).length, 4, "the oldest gave its place");
        vm.assertEq(payment.signerOf(customer), vm.addr(NEW_KEY + 4), "signer");
        _refuse(30e6, CUSTOMER_KEY, vm.addr(NEW_KEY + 4));
        _redeem(30e6, NEW_KEY);
    }

    function testFuzz_ShouldCountEachDisplacedKeyForOneOverlap(uint8 moves, uint32 gap, uint32 wait) public {
        moves = uint8(_bound(moves, 1, 4));
        gap = uint32(_bound(gap, 0, 7 days));
        wait = uint32(_bound(wait, 0, 90 days));
        uint256[] memory since = new uint256[](moves);
        for (uint256 i = 0; i < moves; i++) {
            if (i > 0) vm.warp(block.timestamp + gap);
            since[i] = block.timestamp;
            _adopt(NEW_KEY + i);
        }
        vm.warp(block.timestamp + wait);
        uint96 total = 1e6;
        for (uint256 i = 0; i < moves; i++) {
            uint256 key = i == 0 ? CUSTOMER_KEY : NEW_KEY + i - 1;
            PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, total), key);
            (bool paid,) = address(payment).call(abi.encodeCall(payment.redeem, (manufacturer, r)));
            vm.assertEq(paid, block.timestamp < since[i] + OVERLAP, "counts for exactly one overlap");
            if (paid) total += 1e6;
        }
    }
}
