// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Machines} from "../../src/Machines.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract MachinesTest is IdentityTest {
    function _notKey(address caller) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(IdentityKeys.NotIdentityKey.selector, manufacturer, caller, manufacturer);
    }

    // --- registerMachine

    function test_RevertWhen_RegisteredByNoManufacturer() public {
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, customer, 1));
        vm.prank(customer);
        identity.registerMachine("CM-2", machineKey);
        _expect(_notKey(stranger));
        vm.prank(stranger);
        identity.registerMachineFor(manufacturer, "CM-2", machineKey);
    }

    function test_RevertWhen_ItIsNoMachine() public {
        vm.startPrank(manufacturer);
        _expect(abi.encodeWithSelector(Machines.SerialLengthInvalid.selector, 0, 64));
        identity.registerMachine("", machineKey);
        string memory long = "0123456789012345678901234567890123456789012345678901234567890123";
        identity.registerMachine(long, machineKey);
        _expect(abi.encodeWithSelector(Machines.SerialLengthInvalid.selector, 65, 64));
        identity.registerMachine(string.concat(long, "4"), machineKey);
        bytes32 id = identity.machineId(manufacturer, "CM-2");
        _expect(abi.encodeWithSelector(Machines.ZeroMachineKey.selector, id));
        identity.registerMachine("CM-2", address(0));
        _expect(abi.encodeWithSelector(Machines.MachineAlreadyRegistered.selector, machine));
        identity.registerMachine(SERIAL, machineKey);
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

    function test_ShouldRegisterByTheMovedKey() public {
        _vote(Owners.Kind.MOVE_IDENTITY, manufacturer, uint160(fresh));
        _expect(
            abi.encodeWithSelector(IdentityKeys.NotIdentityKey.selector, manufacturer, manufacturer, fresh)
        );
        vm.prank(manufacturer);
        identity.registerMachine("CM-2", machineKey);
        vm.startPrank(fresh);
        bytes32 id = identity.registerMachineFor(manufacturer, "CM-2", machineKey);
        identity.rotateMachineKey(machine, employee, 0);
        vm.stopPrank();
        identity.requireMachineOf(id, manufacturer);
    }

    // --- rotateMachineKey

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

    function test_RevertWhen_TheKeyCannotBeRotated() public {
        _expect(_notKey(stranger));
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

    // --- retireMachine

    function test_ShouldRetireAMachineForGood() public {
        _expect(_notKey(stranger));
        vm.prank(stranger);
        identity.retireMachine(machine);
        vm.expectEmit(address(identity));
        emit Machines.MachineRetired(machine, manufacturer);
        vm.startPrank(manufacturer);
        identity.retireMachine(machine);
        vm.assertFalse(identity.isMachineKey(machine, machineKey), "its key");
        bytes memory failure = abi.encodeWithSelector(Machines.MachineIsRetired.selector, machine);
        _expect(failure);
        identity.requireMachineOf(machine, manufacturer);
        _expect(failure);
        identity.requireRentable(manufacturer, customer, machine);
        _expect(failure);
        identity.retireMachine(machine);
        _expect(failure);
        identity.rotateMachineKey(machine, employee, 0);
        _expect(abi.encodeWithSelector(Machines.MachineAlreadyRegistered.selector, machine));
        identity.registerMachine(SERIAL, machineKey);
    }

    function testFuzz_ShouldCountTheFormerKeyWithinTheOverlapOnly(uint40 overlap, uint40 later) public {
        overlap = uint40(_bound(overlap, 0, 30 days));
        later = uint40(_bound(later, 0, 60 days));
        vm.prank(manufacturer);
        identity.rotateMachineKey(machine, employee, overlap);
        vm.warp(START + later);
        vm.assertEq(identity.isMachineKey(machine, machineKey), later < overlap, "former");
        vm.assertTrue(identity.isMachineKey(machine, employee), "present");
    }
}
