// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {ServiceAgreements} from "../../src/ServiceAgreements.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

contract ServiceFailuresTest is ServiceTest {
    // --- dispute

    function test_ShouldDisputeUntilTheInspectionTimeIsOver() public {
        _reportedAt(START + REPAIR);
        uint40 time = uint40(START + REPAIR + INSPECTION);
        vm.warp(time);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceDisputed(request, BOND, time + 14 days, REASON);
        vm.prank(manufacturer);
        maintenance.dispute(request, REASON);
        _assertStatus(ServiceRequests.Status.Disputed);
        _assertAccount(manufacturer, FUNDS - FEE - BONUS_CAP - BOND, FEE + BONUS_CAP + BOND);
    }

    function test_RevertWhen_ItCannotBeDisputed() public {
        _accepted();
        _expect(_wrongStatus(ServiceRequests.Status.Accepted));
        vm.prank(manufacturer);
        maintenance.dispute(request, REASON);
        _report(provider);
        _expect(_notAllowed(provider, manufacturer));
        vm.prank(provider);
        maintenance.dispute(request, REASON);
        vm.startPrank(manufacturer);
        maintenance.withdraw(FUNDS - FEE - BONUS_CAP - 1, manufacturer);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 1, BOND));
        maintenance.dispute(request, REASON);
        vm.warp(START + INSPECTION + 1);
        _expect(abi.encodeWithSelector(ServiceRequests.InspectionOver.selector, request, START + INSPECTION));
        maintenance.dispute(request, REASON);
    }

    function test_ShouldPayWhatTheOracleRulesForTheProvider() public {
        _disputed();
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceRuled(request, oracle, CremaTypes.FOR_CREDITOR);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServicePaid(request, provider, FEE, BONUS_CAP, 0);
        vm.prank(oracle);
        maintenance.rule(oracle, request, CremaTypes.FOR_CREDITOR);
        _assertPaid(FEE + BONUS_CAP + BOND, 0);
        _assertStatus(ServiceRequests.Status.Paid);
    }

    function test_ShouldRefundWhatTheOracleRulesForTheManufacturer() public {
        _disputed();
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceRefunded(request, FEE + BONUS_CAP, PENALTY_CAP);
        vm.prank(oracle);
        maintenance.rule(oracle, request, CremaTypes.FOR_DEBTOR);
        _assertPaid(0, PENALTY_CAP);
        _assertStatus(ServiceRequests.Status.Refunded);
    }

    function test_ShouldPayADisputeThatNobodyRules() public {
        _disputed();
        vm.warp(block.timestamp + RULING + 1);
        maintenance.endDispute(request);
        _assertPaid(FEE + BONUS_CAP + BOND, 0);
    }

    function test_ShouldLetEitherPartyGiveIn() public {
        _disputed();
        vm.prank(provider);
        maintenance.giveIn(request);
        _assertPaid(0, PENALTY_CAP);
    }

    // --- escalate

    function test_ShouldEscalateWhenNobodyAccepts() public {
        _requestService();
        vm.warp(START + RESPONSE);
        _expect(abi.encodeWithSelector(ServiceRequests.NotOverdue.selector, request, START + RESPONSE));
        maintenance.escalate(request, backupAgreement);
        vm.warp(START + RESPONSE + 1);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceEscalated(request, agreement, backupAgreement, 0);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        vm.prank(backup);
        maintenance.accept(request);
        _assertAccount(provider, FUNDS, 0);
        _assertAccount(manufacturer, FUNDS - FEE - BONUS_CAP, FEE + BONUS_CAP);
        vm.assertEq(maintenance.requests(request).assignedAt, START + RESPONSE + 1, "times anew");
    }

    function test_ShouldEscalateWhenTheProviderNeverComes() public {
        _accepted();
        vm.warp(START + 2 * REPAIR);
        _expect(abi.encodeWithSelector(ServiceRequests.NotOverdue.selector, request, START + 2 * REPAIR));
        maintenance.escalate(request, backupAgreement);
        vm.warp(START + 2 * REPAIR + 1);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceEscalated(request, agreement, backupAgreement, PENALTY_CAP);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        _assertAccount(provider, FUNDS - PENALTY_CAP, 0);
        _assertAccount(manufacturer, FUNDS + PENALTY_CAP - FEE - BONUS_CAP, FEE + BONUS_CAP);
        _expect(_notAllowed(provider, backup));
        vm.prank(provider);
        maintenance.accept(request);
    }

    function test_ShouldOpenWhatTheBackupCannotTake() public {
        _accepted();
        vm.prank(backup);
        maintenance.endAgreement(backupAgreement);
        vm.warp(START + 2 * REPAIR + 1);
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceEscalated(request, agreement, 0, PENALTY_CAP);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        _assertStatus(ServiceRequests.Status.Open);
        _assertPaid(0, PENALTY_CAP);
    }

    function test_ShouldLetTheManufacturerChooseWhoGoesOn() public {
        bytes32 third = _agree(_terms(backup, 2), BACKUP_KEY);
        _requestService();
        vm.warp(START + RESPONSE + 1);
        _expect(abi.encodeWithSelector(ServiceRequests.NotTheBackup.selector, third, backupAgreement));
        vm.prank(backup);
        maintenance.escalate(request, third);
        _expect(abi.encodeWithSelector(ServiceAgreements.AgreementUnknown.selector, FAULT));
        vm.prank(manufacturer);
        maintenance.escalate(request, FAULT);
        vm.prank(manufacturer);
        maintenance.escalate(request, third);
        vm.assertEq(maintenance.requests(request).agreement, third, "chosen");
        vm.warp(block.timestamp + RESPONSE + 1);
        vm.prank(manufacturer);
        maintenance.escalate(request, 0);
        _assertStatus(ServiceRequests.Status.Open);
        _assertPaid(0, 0);
    }

    function test_RevertWhen_ItCannotBeEscalated() public {
        _requestUnassigned();
        _expect(_wrongStatus(ServiceRequests.Status.Open));
        maintenance.escalate(request, backupAgreement);
    }

    // --- cancel

    function test_ShouldCancelFreeOfChargeBeforeItIsAccepted() public {
        _requestService();
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceCancelled(request, 0);
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _assertStatus(ServiceRequests.Status.Cancelled);
        _assertPaid(0, 0);
    }

    function test_ShouldCancelWhatIsOpen() public {
        _requestUnassigned();
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _assertPaid(0, 0);
    }

    function test_ShouldPayTheFeeOfWhatWasAccepted() public {
        _accepted();
        vm.expectEmit(address(maintenance));
        emit ServiceRequests.ServiceCancelled(request, FEE);
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _assertPaid(FEE, 0);
    }

    function test_RevertWhen_ItCannotBeCancelled() public {
        _requestService();
        _expect(_notAllowed(provider, manufacturer));
        vm.prank(provider);
        maintenance.cancel(request);
        _accept();
        _report(provider);
        _expect(_wrongStatus(ServiceRequests.Status.Reported));
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _attestFixed();
        _expect(_wrongStatus(ServiceRequests.Status.Paid));
        vm.prank(manufacturer);
        maintenance.cancel(request);
    }
}
