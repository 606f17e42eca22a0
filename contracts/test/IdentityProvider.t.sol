// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../src/IdentityKeys.sol";
import {IdentityProvider} from "../src/IdentityProvider.sol";
import {Machines} from "../src/Machines.sol";
import {Owners} from "../src/Owners.sol";
import {CremaTest} from "./support/CremaTest.sol";

contract IdentityProviderTest is CremaTest {
    function test_ShouldOnboardByAnyOwner() public {
        vm.expectEmit(address(identity));
        emit IdentityProvider.ParticipantOnboarded(stranger, 24, "both");
        vm.prank(owner);
        identity.onboard(stranger, 24, "both");
        vm.assertTrue(identity.hasRole(stranger, 8), "service provider");
        vm.assertTrue(identity.hasRole(stranger, 24), "both");
        vm.assertFalse(identity.hasRole(stranger, 1), "not a manufacturer");
        vm.assertFalse(identity.hasRole(stranger, 9), "not both of these");
        vm.assertEq(identity.participants(stranger).since, START, "since");
    }

    function test_ShouldObeyOwnersOnly() public {
        bytes memory failure = abi.encodeWithSelector(Owners.NotOwner.selector, stranger);
        vm.startPrank(stranger);
        _expect(failure);
        identity.onboard(stranger, 1, 0);
        _expect(failure);
        identity.suspend(customer);
        vm.assertTrue(identity.isOwner(owner), "owner");
        vm.assertFalse(identity.isOwner(stranger), "stranger");
    }

    function test_ShouldRefuseWhatIsNoParticipant() public {
        vm.startPrank(owner);
        _expect(abi.encodeWithSelector(Owners.ZeroAccount.selector));
        identity.onboard(address(0), 1, 0);
        _expect(abi.encodeWithSelector(IdentityProvider.AlreadyOnboarded.selector, customer));
        identity.onboard(customer, 1, 0);
        _expect(abi.encodeWithSelector(IdentityProvider.UnknownRoles.selector, 64));
        identity.onboard(stranger, 64, 0);
        _expect(abi.encodeWithSelector(IdentityProvider.UnknownRoles.selector, 0));
        identity.onboard(stranger, 0, 0);
        _expect(abi.encodeWithSelector(IdentityProvider.NotOnboarded.selector, stranger));
        identity.suspend(stranger);
    }

    function test_ShouldTakeRolesWhileSuspended() public {
        vm.startPrank(owner);
        vm.expectEmit(address(identity));
        emit IdentityProvider.ParticipantSuspended(customer);
        identity.suspend(customer);
        vm.assertFalse(identity.hasRole(customer, 2), "suspended");
        _expect(abi.encodeWithSelector(IdentityProvider.AlreadySuspended.selector, customer));
        identity.suspend(customer);
        vm.stopPrank();
        _decide(Owners.Kind.REINSTATE, customer, 0);
        vm.assertTrue(identity.hasRole(customer, 2), "reinstated");
    }

    function test_ShouldReplaceRoles() public {
        _decide(Owners.Kind.SET_ROLES, customer, 33);
        vm.assertTrue(identity.hasRole(customer, 33), "new");
        vm.assertFalse(identity.hasRole(customer, 2), "old");
        vm.assertFalse(identity.hasRole(customer, 0), "no role is no role");
    }

    function test_ShouldRegisterAMachineOfTheManufacturer() public {
        bytes32 id = identity.machineId(manufacturer, "CM-2");
        vm.assertEq(id, keccak256(abi.encode(manufacturer, "CM-2")), "id");
        vm.expectEmit(address(identity));
        emit Machines.MachineRegistered(id, manufacturer, employee, "CM-2");
        vm.prank(manufacturer);
        vm.assertEq(identity.registerMachine("CM-2", employee), id, "returned");
        vm.assertEq(identity.machines(id).manufacturer, manufacturer, "manufacturer");
        vm.assertTrue(identity.isMachineKey(id, employee), "key");
    }

    function test_ShouldRefuseWhatIsNoMachine() public {
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, customer, 1));
        vm.prank(customer);
        identity.registerMachine("CM-2", machineKey);
        vm.startPrank(manufacturer);
        _expect(abi.encodeWithSelector(Machines.SerialLengthInvalid.selector, 0, 64));
        identity.registerMachine("", machineKey);
        bytes32 id = identity.machineId(manufacturer, "CM-2");
        _expect(abi.encodeWithSelector(Machines.ZeroMachineKey.selector, id));
        identity.registerMachine("CM-2", address(0));
        _expect(abi.encodeWithSelector(Machines.MachineAlreadyRegistered.selector, machine));
        identity.registerMachine(SERIAL, machineKey);
    }

    function test_ShouldRotateAMachineKeyWithAnOverlap() public {
        uint40 until = uint40(START) + 2 days;
        vm.expectEmit(address(identity));
        emit Machines.MachineKeyChanged(machine, manufacturer, employee, machineKey, until);
        vm.prank(manufacturer);
        identity.rotateMachineKey(machine, employee, 2 days);
        vm.warp(until - 1);
        vm.assertTrue(identity.isMachineKey(machine, machineKey), "old, within the overlap");
        vm.assertTrue(identity.isMachineKey(machine, employee), "new");
        vm.warp(until);
        vm.assertFalse(identity.isMachineKey(machine, machineKey), "old, after it");
        vm.assertTrue(identity.isMachineKey(machine, employee), "new");
        vm.assertFalse(identity.isMachineKey(machine, address(0)), "no key");
    }

    function test_ShouldDropAStolenKeyAtOnce() public {
        vm.prank(manufacturer);
        identity.rotateMachineKey(machine, employee, 0);
        vm.assertFalse(identity.isMachineKey(machine, machineKey), "stolen");
    }

    function test_ShouldRotateOnlyByTheManufacturer() public {
        _expect(
            abi.encodeWithSelector(IdentityKeys.NotIdentityKey.selector, manufacturer, stranger, manufacturer)
        );
        vm.prank(stranger);
        identity.rotateMachineKey(machine, employee, 0);
        vm.startPrank(manufacturer);
        _expect(abi.encodeWithSelector(Machines.UnknownMachine.selector, bytes32(uint256(1))));
        identity.rotateMachineKey(bytes32(uint256(1)), employee, 0);
        _expect(abi.encodeWithSelector(Machines.ZeroMachineKey.selector, machine));
        identity.rotateMachineKey(machine, address(0), 0);
        _expect(abi.encodeWithSelector(Machines.SameKey.selector, machine, machineKey));
        identity.rotateMachineKey(machine, machineKey, 0);
        _expect(abi.encodeWithSelector(Machines.OverlapTooLong.selector, 30 days + 1, 30 days));
        identity.rotateMachineKey(machine, employee, 30 days + 1);
    }

    function test_ShouldNeedAnOwner() public {
        _expect(abi.encodeWithSelector(Owners.QuorumOutOfBounds.selector, 1, 0));
        new IdentityProvider(new address[](0), 1);
        _expect(abi.encodeWithSelector(Owners.ZeroAccount.selector));
        new IdentityProvider(new address[](1), 1);
    }

    function testFuzz_ShouldHoldExactlyTheRolesGranted(uint8 granted, uint8 asked) public {
        granted = uint8(_bound(granted, 1, 63));
        vm.prank(owner);
        identity.onboard(stranger, granted, 0);
        vm.assertTrue(identity.hasRole(stranger, asked) == (asked != 0 && granted & asked == asked), "roles");
    }
}
