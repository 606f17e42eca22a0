// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Machines} from "../../src/Machines.sol";
import {ServiceAgreements} from "../../src/ServiceAgreements.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

contract ServiceRequestsTest is ServiceTest {
    function test_ShouldRequestAndAssign() public {
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceRequested(request, machine, FAULT, EVIDENCE, manufacturer);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAssigned(
            request, agreement, provider, FEE + BONUS_CAP, BEGIN + RESPONSE, BEGIN + REPAIR
        );
        vm.prank(manufacturer);
        vm.assertEq(maintenance.requestService(machine, FAULT, EVIDENCE), request, "request");
        vm.assertEq(maintenance.requestedAt(request), START, "time");
        vm.assertEq(maintenance.requestId(machine, FAULT), request, "id");
        _assertStatus(ServiceRequests.Status.Assigned);
        _assertAccount(manufacturer, FUNDS - FEE - BONUS_CAP, FEE + BONUS_CAP);
    }

    function test_ShouldStayOpenWithoutAStandingAgreement() public {
        _requestUnassigned();
        _assertStatus(ServiceRequests.Status.Open);
        _assertAccount(manufacturer, FUNDS, 0);
    }

    function test_ShouldStayOpenWhenTheBalanceIsTooSmall() public {
        vm.prank(manufacturer);
        maintenance.withdraw(FUNDS - FEE - BONUS_CAP + 1, manufacturer);
        _requestService();
        _assertStatus(ServiceRequests.Status.Open);
    }

    function test_ShouldStayOpenWhenTheProviderLostItsRole() public {
        vm.prank(owner);
        identity.suspend(provider);
        _requestService();
        _assertStatus(ServiceRequests.Status.Open);
    }

    function test_RevertWhen_TheFaultHasARequest() public {
        _requestService();
        vm.warp(START + 5);
        _expect(abi.encodeWithSelector(ServiceRequests.ServiceAlreadyRequested.selector, request, START));
        vm.startPrank(manufacturer);
        maintenance.requestService(machine, FAULT, REASON);
        maintenance.requestService(machine, WORK, EVIDENCE);
    }

    function test_RevertWhen_TheCallerIsNotTheMachinesManufacturer() public {
        _expect(_notAllowed(stranger, manufacturer));
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

    // --- by the machine

    function test_ShouldTakeAMachinesAttestation() public {
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceRequested(request, machine, FAULT, EVIDENCE, machineKey);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAttested(request, CremaTypes.FAULT, machineKey, EVIDENCE);
        vm.assertEq(_requestByMachine(FAULT), request, "request");
        _assertStatus(ServiceRequests.Status.Assigned);
        vm.assertEq(maintenance.lastByMachine(machine), request, "last");
    }

    function _refuse(CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        maintenance.requestByMachine(FAULT, a, signature);
    }

    function test_RevertWhen_TheAttestationSaysSomethingElse() public {
        CremaTypes.Attestation memory a = _attestation(WORK, CremaTypes.FAULT);
        _refuse(a, MACHINE_KEY, abi.encodeWithSelector(Attestations.WrongSubject.selector, WORK, request));
        a = _attestation(request, CremaTypes.LEVEL_LOW);
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.WrongVerdict.selector, CremaTypes.LEVEL_LOW, CremaTypes.FAULT)
        );
        a = _attestation(request, CremaTypes.FAULT);
        _refuse(
            a, STRANGER_KEY, abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, stranger)
        );
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, address(0)));
        maintenance.requestByMachine(FAULT, a, CremaTypes.Signature(0, 0));
    }

    function test_RevertWhen_TheAttestationsTimeIsOff() public {
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FAULT);
        a.time = START - 1 days - 1;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, a.time, START - 1 days)
        );
        a.time = START + 5 minutes + 1;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationFromTheFuture.selector, a.time, START + 5 minutes)
        );
        a.time = START - 1 days;
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        maintenance.requestByMachine(FAULT, a, signature);
    }

    function test_RevertWhen_TheMachineHasAnOpenRequest() public {
        _requestByMachine(FAULT);
        CremaTypes.Attestation memory a = _attestation(CremaTypes.requestId(machine, WORK), CremaTypes.FAULT);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(ServiceRequests.MachineRequestOpen.selector, machine, request));
        maintenance.requestByMachine(WORK, a, signature);
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _expect(
            abi.encodeWithSelector(ServiceRequests.MachineRequestTooSoon.selector, machine, START + 1 days)
        );
        maintenance.requestByMachine(WORK, a, signature);
        vm.warp(START + 1 days);
        maintenance.requestByMachine(WORK, a, signature);
    }

    // --- assign

    function test_ShouldAssignLater() public {
        _requestUnassigned();
        vm.warp(START + 10 days);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAssigned(
            request,
            backupAgreement,
            backup,
            FEE + BONUS_CAP,
            BEGIN + 10 days + RESPONSE,
            BEGIN + 10 days + REPAIR
        );
        vm.prank(manufacturer);
        maintenance.assign(request, backupAgreement);
        _assertStatus(ServiceRequests.Status.Assigned);
    }

    function test_RevertWhen_ItCannotBeAssigned() public {
        _expect(_wrongStatus(ServiceRequests.Status.None));
        maintenance.assign(request, agreement);
        _requestUnassigned();
        _expect(_notAllowed(stranger, manufacturer));
        vm.prank(stranger);
        maintenance.assign(request, agreement);
        vm.prank(owner);
        identity.suspend(backup);
        vm.startPrank(manufacturer);
        _expect(abi.encodeWithSelector(ServiceAgreements.AgreementUnknown.selector, FAULT));
        maintenance.assign(request, FAULT);
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, backup, 8));
        maintenance.assign(request, backupAgreement);
        maintenance.withdraw(FUNDS - FEE, manufacturer);
        _expect(
            abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, FEE, FEE + BONUS_CAP)
        );
        maintenance.assign(request, agreement);
    }
}
