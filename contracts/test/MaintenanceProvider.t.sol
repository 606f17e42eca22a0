// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../src/IdentityProvider.sol";
import {Machines} from "../src/Machines.sol";
import {MaintenanceProvider} from "../src/MaintenanceProvider.sol";
import {CremaTest} from "./support/CremaTest.sol";

contract MaintenanceProviderTest is CremaTest {
    bytes32 internal constant FAULT = keccak256("fault");
    bytes32 internal constant EVIDENCE = keccak256("evidence");

    function test_ShouldRequestService() public {
        bytes32 request = keccak256(abi.encode(machine, FAULT));
        vm.expectEmit(address(maintenance));
        emit MaintenanceProvider.ServiceRequested(request, machine, FAULT, EVIDENCE, manufacturer);
        vm.prank(manufacturer);
        vm.assertEq(maintenance.requestService(machine, FAULT, EVIDENCE), request, "request");
        vm.assertEq(maintenance.requestedAt(request), START, "time");
        vm.assertEq(maintenance.requestId(machine, FAULT), request, "id");
    }

    function test_ShouldRefuseARepeat() public {
        vm.startPrank(manufacturer);
        bytes32 request = maintenance.requestService(machine, FAULT, EVIDENCE);
        vm.warp(START + 5);
        _expect(abi.encodeWithSelector(MaintenanceProvider.ServiceAlreadyRequested.selector, request, START));
        maintenance.requestService(machine, FAULT, keccak256("other evidence"));
        maintenance.requestService(machine, keccak256("another fault"), EVIDENCE);
    }

    function test_ShouldServeTheMachinesManufacturerOnly() public {
        _expect(abi.encodeWithSelector(Machines.NotMachineOwner.selector, machine, stranger));
        vm.prank(stranger);
        maintenance.requestService(machine, FAULT, EVIDENCE);
        _expect(abi.encodeWithSelector(Machines.UnknownMachine.selector, FAULT));
        vm.prank(manufacturer);
        maintenance.requestService(FAULT, FAULT, EVIDENCE);
        vm.prank(owner);
        identity.suspend(manufacturer);
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, manufacturer, 1));
        vm.prank(manufacturer);
        maintenance.requestService(machine, FAULT, EVIDENCE);
    }
}
