// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceModel} from "../support/ServiceModel.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

/// @notice A machine breaks: what each party has in the end, to the unit, in the good case and in each bad one. Each
/// story ends with all money out of the contract, and with a model that follows from the logs alone.
contract ServiceStory is ServiceTest {
    ServiceModel private model;

    function setUp() public override {
        vm.recordLogs();
        super.setUp();
        model = new ServiceModel(maintenance);
        model.follow(vm.getRecordedLogs());
    }

    /// @dev Time passes; what was emitted before belongs to the time before.
    function _until(uint256 time) private {
        model.follow(vm.getRecordedLogs());
        model.check();
        vm.warp(time);
    }

    function _ends(
        ServiceRequests.Status status,
        uint256 ofManufacturer,
        uint256 ofProvider,
        uint256 ofBackup
    ) private {
        _assertStatus(status);
        _takesOut(manufacturer, ofManufacturer);
        _takesOut(provider, ofProvider);
        _takesOut(backup, ofBackup);
        vm.assertEq(token.balanceOf(address(maintenance)), 0, "nothing is left");
        model.follow(vm.getRecordedLogs());
        model.check();
    }

    function _takesOut(address account, uint256 amount) private {
        uint256 before = token.balanceOf(account);
        uint256 balance = maintenance.balanceOf(account);
        vm.prank(account);
        maintenance.withdraw(balance, account);
        vm.assertEq(token.balanceOf(account) - before, amount, "taken out");
    }

    function test_ShouldPayABonusForAnEarlyRepair() public {
        _requestByMachine(FAULT);
        _until(START + 1 hours);
        _accept();
        _until(START + REPAIR - 3 hours);
        _report(provider);
        _attestFixed();
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE - 6e6, FUNDS + FEE + 6e6, FUNDS);
    }

    function test_ShouldKeepAPenaltyOfALateRepair() public {
        _requestService();
        _accept();
        _until(START + REPAIR + 2 hours + 1);
        _report(provider);
        _attestFixed();
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE + 9e6, FUNDS + FEE - 9e6, FUNDS);
    }

    function test_ShouldGoToTheBackupWhenNobodyAnswers() public {
        _requestService();
        _until(START + RESPONSE + 1);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        vm.prank(backup);
        maintenance.accept(request);
        _until(START + RESPONSE + 1 + REPAIR);
        _report(backup);
        _until(START + RESPONSE + 1 + REPAIR + INSPECTION + 1);
        vm.prank(stranger);
        maintenance.settle(request);
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE, FUNDS, FUNDS + FEE);
    }

    function test_ShouldGoToTheBackupWhenTheProviderDeclines() public {
        _requestService();
        vm.prank(provider);
        maintenance.decline(request);
        vm.prank(backup);
        maintenance.accept(request);
        _until(START + REPAIR);
        _report(backup);
        vm.prank(manufacturer);
        maintenance.confirmFixed(request);
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE, FUNDS, FUNDS + FEE);
    }

    function test_ShouldTakeTheStakeOfAProviderThatNeverComes() public {
        _requestService();
        _accept();
        _until(START + 2 * REPAIR + 1);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        vm.prank(backup);
        maintenance.accept(request);
        _until(START + 2 * REPAIR + 1 + REPAIR);
        _report(backup);
        _attestFixed();
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE + PENALTY_CAP, FUNDS - PENALTY_CAP, FUNDS + FEE);
    }

    function _dispute() private {
        _requestService();
        _accept();
        _until(START + REPAIR);
        _report(provider);
        _until(START + REPAIR + INSPECTION);
        vm.prank(manufacturer);
        maintenance.dispute(request, REASON);
    }

    function test_ShouldRefundADisputeThatTheManufacturerWins() public {
        _dispute();
        _until(START + 10 days);
        _rule(CremaTypes.FOR_DEBTOR);
        _ends(ServiceRequests.Status.Refunded, FUNDS + PENALTY_CAP, FUNDS - PENALTY_CAP, FUNDS);
    }

    function test_ShouldPayADisputeThatTheManufacturerLoses() public {
        _dispute();
        _until(START + 10 days);
        _rule(CremaTypes.FOR_CREDITOR);
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE - BOND, FUNDS + FEE + BOND, FUNDS);
    }

    function _rule(uint8 verdict) private {
        CremaTypes.Attestation memory a = _attestation(request, verdict);
        CremaTypes.Signature memory signature = _sign(a, ORACLE_KEY);
        vm.prank(stranger);
        maintenance.ruleBySignature(oracle, a, signature);
    }

    function test_ShouldPayADisputeThatNobodyRules() public {
        _dispute();
        _until(START + REPAIR + INSPECTION + 14 days + 1);
        vm.prank(stranger);
        maintenance.endDispute(request);
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE - BOND, FUNDS + FEE + BOND, FUNDS);
    }

    function test_ShouldPayADisputeThatTheManufacturerGivesUp() public {
        _dispute();
        vm.prank(manufacturer);
        maintenance.giveIn(request);
        _ends(ServiceRequests.Status.Paid, FUNDS - FEE - BOND, FUNDS + FEE + BOND, FUNDS);
    }

    function test_ShouldCancelFreeOfChargeAtFirst() public {
        _requestService();
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _ends(ServiceRequests.Status.Cancelled, FUNDS, FUNDS, FUNDS);
    }

    function test_ShouldPayTheCallOutWhenCancelledLater() public {
        _requestService();
        _accept();
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _ends(ServiceRequests.Status.Cancelled, FUNDS - FEE, FUNDS + FEE, FUNDS);
    }
}
