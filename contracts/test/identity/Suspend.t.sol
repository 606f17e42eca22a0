// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract SuspendTest is IdentityTest {
    function _suspend(address account) private {
        vm.prank(second);
        identity.suspend(account);
    }

    function test_RevertWhen_TheCallerIsNoOwner() public {
        _expect(abi.encodeWithSelector(Owners.NotOwner.selector, customer));
        vm.prank(customer);
        identity.suspend(manufacturer);
    }

    function test_RevertWhen_TheAccountIsUnknownOrSuspended() public {
        _expect(abi.encodeWithSelector(IdentityProvider.NotOnboarded.selector, fresh));
        _suspend(fresh);
        _suspend(customer);
        _expect(abi.encodeWithSelector(IdentityProvider.AlreadySuspended.selector, customer));
        _suspend(customer);
    }

    function test_ShouldTakeRolesUntilReinstatedByVote() public {
        vm.expectEmit(address(identity));
        emit IdentityProvider.ParticipantSuspended(customer);
        _suspend(customer);
        vm.assertFalse(identity.hasRole(customer, 2), "suspended");
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, customer, 2));
        identity.requireRole(customer, 2);
        _vote(Owners.Kind.REINSTATE, customer, 0);
        vm.assertTrue(identity.hasRole(customer, 2), "reinstated");
        identity.requireRole(customer, 2);
    }

    function test_ShouldLeaveMachinesKeysValidAndRegisterNone() public {
        _suspend(manufacturer);
        vm.assertTrue(identity.isMachineKey(machine, machineKey), "coffee drunk");
        bytes memory failure = abi.encodeWithSelector(IdentityProvider.MissingRole.selector, manufacturer, 1);
        vm.startPrank(manufacturer);
        _expect(failure);
        identity.registerMachine("CM-2", machineKey);
        _expect(failure);
        identity.rotateMachineKey(machine, fresh, 0);
        _expect(failure);
        identity.retireMachine(machine);
    }

    function test_ShouldRefuseGuardianAndMetadata() public {
        _suspend(customer);
        bytes memory failure = abi.encodeWithSelector(IdentityProvider.IsSuspended.selector, customer);
        _expect(failure);
        _name(guardian);
        _expect(failure);
        vm.prank(customer);
        identity.setMetadata(customer, "new");
    }
}
