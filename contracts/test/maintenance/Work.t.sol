// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

contract ServiceWorkTest is ServiceTest {
    // --- accept

    function test_ShouldAcceptUntilTheResponseTimeIsOver() public {
        _requestService();
        vm.warp(START + RESPONSE);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAccepted(request, provider, PENALTY_CAP);
        _accept();
        _assertStatus(ServiceRequests.Status.Accepted);
        _assertAccount(provider, FUNDS - PENALTY_CAP, PENALTY_CAP);
        vm.assertEq(maintenance.requests(request).acceptedAt, START + RESPONSE, "time");
    }

    function test_RevertWhen_ItCannotBeAccepted() public {
        _expect(_wrongStatus(ServiceRequests.Status.None));
        _accept();
        _requestService();
        _expect(_notAllowed(backup, provider));
        vm.prank(backup);
        maintenance.accept(request);
        vm.prank(provider);
        maintenance.withdraw(FUNDS - PENALTY_CAP + 1, provider);
        _expect(
            abi.encodeWithSelector(
                Accounts.InsufficientBalance.selector, provider, PENALTY_CAP - 1, PENALTY_CAP
            )
        );
        _accept();
        vm.warp(START + RESPONSE + 1);
        _expect(abi.encodeWithSelector(ServiceRequests.ResponseTooLate.selector, request, START + RESPONSE));
        _accept();
        vm.prank(owner);
        identity.suspend(provider);
        _expect(abi.encodeWithSelector(IdentityProvider.MissingRole.selector, provider, 8));
        _accept();
    }

    // --- decline

    function test_ShouldPassADeclinedRequestToTheBackup() public {
        _requestService();
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceDeclined(request, provider);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAssigned(
            request, backupAgreement, backup, FEE + BONUS_CAP, BEGIN + RESPONSE, BEGIN + REPAIR
        );
        vm.prank(provider);
        maintenance.decline(request);
        _assertAccount(manufacturer, FUNDS - FEE - BONUS_CAP, FEE + BONUS_CAP);
    }

    function test_ShouldOpenADeclinedRequestWithoutABackup() public {
        vm.prank(manufacturer);
        maintenance.setBackup(agreement, 0);
        _requestService();
        vm.prank(provider);
        maintenance.decline(request);
        _assertStatus(ServiceRequests.Status.Open);
        _assertPaid(0, 0);
    }

    function test_RevertWhen_ItCannotBeDeclined() public {
        _requestService();
        _expect(_notAllowed(manufacturer, provider));
        vm.prank(manufacturer);
        maintenance.decline(request);
        _accept();
        _expect(_wrongStatus(ServiceRequests.Status.Accepted));
        vm.prank(provider);
        maintenance.decline(request);
    }

    // --- report

    function test_ShouldReport() public {
        _accepted();
        vm.warp(START + 7 hours);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceReported(request, provider, WORK, uint40(START + 7 hours + INSPECTION));
        _report(provider);
        _assertStatus(ServiceRequests.Status.Reported);
    }

    function test_RevertWhen_ItCannotBeReported() public {
        _requestService();
        _expect(_wrongStatus(ServiceRequests.Status.Assigned));
        _report(provider);
        _accept();
        _expect(_notAllowed(manufacturer, provider));
        _report(manufacturer);
        _report(provider);
        _expect(_wrongStatus(ServiceRequests.Status.Reported));
        _report(provider);
    }

    // --- the ways to be paid

    function test_ShouldPayWhenTheMachineAttestsTheRepair() public {
        _reportedAt(START + REPAIR);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceAttested(request, CremaTypes.FIXED, machineKey, EVIDENCE);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServicePaid(request, provider, FEE, 0, 0);
        _attestFixed();
        _assertStatus(ServiceRequests.Status.Paid);
        _assertPaid(FEE, 0);
    }

    function _refuse(CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        maintenance.attestFixed(a, signature);
    }

    function test_RevertWhen_TheAttestationDoesNotShowTheRepair() public {
        _requestService();
        vm.warp(START + 1 hours);
        _accept();
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FIXED);
        _refuse(a, MACHINE_KEY, _wrongStatus(ServiceRequests.Status.Accepted));
        vm.warp(START + 2 hours);
        _report(provider);
        a.machine = FAULT;
        _refuse(a, MACHINE_KEY, abi.encodeWithSelector(Attestations.WrongMachine.selector, FAULT, machine));
        a.machine = machine;
        a.verdict = CremaTypes.NOT_FIXED;
        _refuse(a, MACHINE_KEY, abi.encodeWithSelector(Attestations.WrongVerdict.selector, 3, 2));
        a.verdict = CremaTypes.FIXED;
        _refuse(
            a, PROVIDER_KEY, abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, provider)
        );
        a.time = START + 1 hours - 1;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, a.time, START + 1 hours)
        );
        a.time = START + 2 hours + 5 minutes + 1;
        _refuse(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationFromTheFuture.selector, a.time, a.time - 1)
        );
    }

    function test_ShouldPayWhenTheManufacturerConfirms() public {
        _reportedAt(START + REPAIR);
        vm.prank(manufacturer);
        maintenance.confirmFixed(request);
        _assertPaid(FEE, 0);
    }

    function test_RevertWhen_ItCannotBeConfirmed() public {
        _accepted();
        _expect(_wrongStatus(ServiceRequests.Status.Accepted));
        vm.prank(manufacturer);
        maintenance.confirmFixed(request);
        _report(provider);
        _expect(_notAllowed(provider, manufacturer));
        vm.prank(provider);
        maintenance.confirmFixed(request);
    }

    function test_ShouldPayBySilence() public {
        _reportedAt(START + REPAIR);
        uint256 inspectUntil = START + REPAIR + INSPECTION;
        vm.warp(inspectUntil);
        _expect(abi.encodeWithSelector(ServiceRequests.InspectionNotOver.selector, request, inspectUntil));
        vm.prank(stranger);
        maintenance.settle(request);
        vm.warp(inspectUntil + 1);
        vm.prank(stranger);
        maintenance.settle(request);
        _assertPaid(FEE, 0);
        _expect(_wrongStatus(ServiceRequests.Status.Paid));
        maintenance.settle(request);
    }

    // --- bonus and penalty

    function _paidWhenReportedAt(uint256 time, uint256 bonus, uint256 penalty) private {
        _reportedAt(time);
        _attestFixed();
        _assertPaid(FEE + bonus, penalty);
    }

    function test_ShouldPayABonusForEachWholeHour() public {
        _paidWhenReportedAt(START + REPAIR - 2 hours - 3599, 2 * BONUS_PER_HOUR, 0);
    }

    function test_ShouldPayNoBonusWithinTheLastHour() public {
        _paidWhenReportedAt(START + REPAIR - 3599, 0, 0);
    }

    function test_ShouldCapTheBonus() public {
        _paidWhenReportedAt(START, BONUS_CAP, 0);
    }

    function test_ShouldKeepAPenaltyForEachHourBegun() public {
        _paidWhenReportedAt(START + REPAIR + 1, 0, PENALTY_PER_HOUR);
    }

    function test_ShouldKeepNoMoreForAFullHour() public {
        _paidWhenReportedAt(START + REPAIR + 1 hours, 0, PENALTY_PER_HOUR);
    }

    function test_ShouldCapThePenalty() public {
        _paidWhenReportedAt(START + REPAIR + 100 days, 0, PENALTY_CAP);
    }

    function testFuzz_ShouldPayWithinTheCaps(
        uint96 fee,
        uint96 bonusPerHour,
        uint96 bonusCap,
        uint96 penaltyPerHour,
        uint96 penaltyCap,
        uint32 delay
    ) public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.fee = uint96(_bound(fee, 0, FUNDS / 2));
        terms.bonusCap = uint96(_bound(bonusCap, 0, FUNDS / 2));
        terms.penaltyCap = uint96(_bound(penaltyCap, 0, FUNDS));
        (terms.bonusPerHour, terms.penaltyPerHour) = (bonusPerHour, penaltyPerHour);
        bytes32 id = _agree(terms, PROVIDER_KEY);
        vm.prank(manufacturer);
        maintenance.setStanding(manufacturer, machine, id);
        _reportedAt(uint256(START) + delay);
        _attestFixed();
        uint256 bonus;
        uint256 penalty;
        if (delay <= REPAIR) {
            bonus = uint256(bonusPerHour) * ((REPAIR - delay) / 3600);
            if (bonus > terms.bonusCap) bonus = terms.bonusCap;
        } else {
            penalty = uint256(penaltyPerHour) * ((uint256(delay) - REPAIR + 3599) / 3600);
            if (penalty > terms.penaltyCap) penalty = terms.penaltyCap;
        }
        _assertPaid(terms.fee + bonus, penalty);
    }
}
