// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract KeysTest is IdentityTest {
    function _notKey(address caller, address key) private view returns (bytes memory) {
        return abi.encodeWithSelector(IdentityKeys.NotIdentityKey.selector, customer, caller, key);
    }

    // --- setGuardian

    function test_RevertWhen_TheGuardianIsNotNamedByTheKey() public {
        _expect(_notKey(stranger, customer));
        vm.prank(stranger);
        identity.setGuardian(customer, stranger);
    }

    function test_ShouldNameTheFirstGuardianAtOnce() public {
        vm.expectEmit(address(identity));
        emit IdentityKeys.GuardianChanged(customer, guardian, uint40(START));
        _name(guardian);
        vm.assertEq(identity.guardianOf(customer), guardian, "guardian");
        _expect(abi.encodeWithSelector(IdentityKeys.GuardianUnchanged.selector, customer, guardian));
        _name(guardian);
    }

    function test_ShouldReplaceAGuardianAfterTheDelay() public {
        _name(guardian);
        vm.expectEmit(address(identity));
        emit IdentityKeys.GuardianChanged(customer, fresh, uint40(START) + 7 days);
        _name(fresh);
        vm.warp(START + 7 days - 1);
        vm.assertEq(identity.guardianOf(customer), guardian, "still");
        vm.warp(START + 7 days);
        vm.assertEq(identity.guardianOf(customer), fresh, "now");
        _name(address(0));
        vm.assertEq(identity.guardianships(customer).guardian, fresh, "present");
        vm.warp(START + 14 days);
        vm.assertEq(identity.guardianOf(customer), address(0), "none");
        _name(guardian);
        vm.assertEq(identity.guardianOf(customer), guardian, "the first again at once");
    }

    function test_ShouldTakeAChangeOfGuardianBack() public {
        _name(guardian);
        _name(fresh);
        _name(guardian);
        vm.warp(START + 7 days);
        vm.assertEq(identity.guardianOf(customer), guardian, "kept");
    }

    // --- startMove

    function test_RevertWhen_TheMoveIsNotStartedByTheGuardian() public {
        _expect(abi.encodeWithSelector(IdentityKeys.NotGuardian.selector, customer, guardian, address(0)));
        _startMove(fresh);
        _expect(abi.encodeWithSelector(IdentityKeys.NotGuardian.selector, customer, address(0), address(0)));
        vm.prank(address(0));
        identity.startMove(customer, fresh);
        _name(stranger);
        _expect(abi.encodeWithSelector(IdentityKeys.NotGuardian.selector, customer, guardian, stranger));
        _startMove(fresh);
    }

    function test_RevertWhen_TheNewKeyIsNone() public {
        _name(guardian);
        _expect(abi.encodeWithSelector(IdentityKeys.InvalidKey.selector, customer, 0));
        _startMove(address(0));
        _expect(abi.encodeWithSelector(IdentityKeys.InvalidKey.selector, customer, uint160(customer)));
        _startMove(customer);
    }

    function test_ShouldBeginTheDelayAnewWithAnotherKey() public {
        _name(guardian);
        vm.expectEmit(address(identity));
        emit IdentityKeys.MoveStarted(customer, stranger, uint40(START) + 7 days);
        _startMove(stranger);
        vm.warp(START + 1 days);
        _startMove(fresh);
        (address key, uint40 executableAt) = identity.pendingMove(customer);
        vm.assertEq(key, fresh, "key");
        vm.assertEq(executableAt, START + 8 days, "executableAt");
    }

    // --- objectToMove

    function test_ShouldObjectByThePresentKeyOnly() public {
        _expect(abi.encodeWithSelector(IdentityKeys.NoMoveStarted.selector, customer));
        vm.prank(customer);
        identity.objectToMove(customer);
        _name(guardian);
        _startMove(fresh);
        _expect(_notKey(guardian, customer));
        vm.prank(guardian);
        identity.objectToMove(customer);
        vm.warp(START + 30 days);
        vm.expectEmit(address(identity));
        emit IdentityKeys.MoveObjected(customer, fresh);
        vm.prank(customer);
        identity.objectToMove(customer);
        _expect(abi.encodeWithSelector(IdentityKeys.NoMoveStarted.selector, customer));
        identity.finishMove(customer);
    }

    // --- finishMove

    function test_RevertWhen_TheMoveIsTooEarly() public {
        _name(guardian);
        _startMove(fresh);
        vm.warp(START + 7 days - 1);
        _expect(
            abi.encodeWithSelector(
                IdentityKeys.MoveTooEarly.selector, customer, START + 7 days, START + 7 days - 1
            )
        );
        identity.finishMove(customer);
    }

    function test_ShouldMoveAfterTheDelay() public {
        _name(guardian);
        _startMove(fresh);
        _name(stranger);
        vm.warp(START + 7 days - 1);
        _name(address(0xBAD));
        vm.warp(START + 7 days);
        vm.expectEmit(address(identity));
        emit IdentityKeys.GuardianChanged(customer, guardian, uint40(START) + 7 days);
        vm.expectEmit(address(identity));
        emit IdentityKeys.IdentityMoved(customer, fresh, 1);
        vm.expectEmit(address(identity));
        emit IdentityKeys.DIDOwnerChanged(customer, fresh, 0);
        vm.prank(stranger);
        identity.finishMove(customer);
        (uint32 generation, address key) = identity.moves(customer);
        vm.assertEq(generation, 1, "generation");
        vm.assertEq(key, fresh, "key");
        vm.assertEq(identity.identityOwner(customer), fresh, "owner");
        vm.assertEq(identity.changed(customer), block.number, "changed");
        vm.assertEq(identity.guardianOf(customer), guardian, "guardian");
    }

    function test_ShouldTakeEverySayFromTheFormerKey() public {
        _name(guardian);
        _startMove(fresh);
        vm.warp(START + 7 days);
        identity.finishMove(customer);
        _startMove(stranger);
        vm.startPrank(customer);
        bytes memory failure = _notKey(customer, fresh);
        _expect(failure);
        identity.objectToMove(customer);
        _expect(failure);
        identity.setGuardian(customer, stranger);
        _expect(failure);
        identity.setMetadata(customer, "thief");
        vm.stopPrank();
        vm.prank(fresh);
        identity.objectToMove(customer);
    }

    function test_ShouldMoveBackToItsOwnAddress() public {
        _name(guardian);
        _startMove(fresh);
        vm.warp(START + 7 days);
        identity.finishMove(customer);
        _startMove(customer);
        vm.warp(START + 14 days);
        identity.finishMove(customer);
        (uint32 generation, address key) = identity.moves(customer);
        vm.assertEq(generation, 2, "generation");
        vm.assertEq(key, customer, "key");
    }

    // --- did

    function test_ShouldNameTheDid() public {
        vm.chainId(1);
        vm.assertEq(
            keccak256(bytes(identity.did(address(0xAB)))),
            keccak256("did:ethr:0x1:0x00000000000000000000000000000000000000ab"),
            "main chain"
        );
        vm.chainId(31_337);
        vm.assertEq(
            keccak256(bytes(identity.did(address(0xAB)))),
            keccak256("did:ethr:0x7a69:0x00000000000000000000000000000000000000ab"),
            "test chain"
        );
        vm.assertEq(identity.changed(customer), 0, "never changed");
        vm.assertEq(identity.identityOwner(customer), customer, "its own");
    }
}
