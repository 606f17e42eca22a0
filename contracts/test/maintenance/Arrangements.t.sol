// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {ServiceAgreements} from "../../src/ServiceAgreements.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

contract ServiceArrangementsTest is ServiceTest {
    function test_ShouldEndAnAgreementForNewRequests() public {
        _accepted();
        vm.expectEmit(address(maintenance));
        emit ServiceAgreements.ServiceAgreementEnded(agreement, manufacturer);
        vm.prank(manufacturer);
        maintenance.endAgreement(agreement);
        vm.assertTrue(maintenance.agreements(agreement).ended, "ended");
        vm.prank(manufacturer);
        bytes32 open = maintenance.requestService(machine, WORK, EVIDENCE);
        vm.assertEq(maintenance.requests(open).agreement, 0, "a new request stays open");
        _report(provider);
        _attestFixed();
        _assertStatus(ServiceRequests.Status.Paid);
    }

    function test_ShouldLetTheProviderEndIt() public {
        vm.expectEmit(address(maintenance));
        emit ServiceAgreements.ServiceAgreementEnded(agreement, provider);
        vm.prank(provider);
        maintenance.endAgreement(agreement);
    }

    function test_RevertWhen_ThereIsNothingToEnd() public {
        _expect(abi.encodeWithSelector(ServiceAgreements.AgreementUnknown.selector, FAULT));
        maintenance.endAgreement(FAULT);
        vm.startPrank(provider);
        maintenance.endAgreement(agreement);
        _expect(abi.encodeWithSelector(ServiceAgreements.AgreementEnded.selector, agreement));
        maintenance.endAgreement(agreement);
    }

    function test_RevertWhen_AStrangerArranges() public {
        vm.startPrank(stranger);
        _expect(_notAllowed(stranger, manufacturer));
        maintenance.endAgreement(agreement);
        _expect(_notAllowed(stranger, manufacturer));
        maintenance.setStanding(manufacturer, 0, 0);
        _expect(_notAllowed(stranger, manufacturer));
        maintenance.setBackup(agreement, 0);
    }

    function test_ShouldPreferAMachinesOwnStandingAgreement() public {
        vm.expectEmit(address(maintenance));
        emit ServiceAgreements.StandingAgreementChanged(manufacturer, machine, backupAgreement);
        vm.prank(manufacturer);
        maintenance.setStanding(manufacturer, machine, backupAgreement);
        vm.assertEq(maintenance.standingFor(manufacturer, machine), backupAgreement, "its own");
        vm.assertEq(maintenance.standingFor(manufacturer, FAULT), agreement, "the one for all");
        vm.startPrank(manufacturer);
        maintenance.setStanding(manufacturer, machine, 0);
        vm.assertEq(maintenance.standingFor(manufacturer, machine), agreement, "the one for all again");
        maintenance.setStanding(manufacturer, 0, 0);
        vm.assertEq(maintenance.standingFor(manufacturer, machine), 0, "none");
    }

    function test_RevertWhen_TheAgreementCannotBeUsed() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.machine = machine;
        bytes32 forOne = _agree(terms, PROVIDER_KEY);
        vm.prank(owner);
        identity.onboard(stranger, 1, 0);
        terms.manufacturer = stranger;
        (terms.nonce, terms.machine) = (3, 0);
        bytes32 ofOther = _agree(terms, PROVIDER_KEY);
        vm.prank(backup);
        maintenance.endAgreement(backupAgreement);

        _refuse(FAULT, abi.encodeWithSelector(ServiceAgreements.AgreementUnknown.selector, FAULT));
        _refuse(
            ofOther,
            abi.encodeWithSelector(
                ServiceAgreements.AgreementOfOther.selector, ofOther, stranger, manufacturer
            )
        );
        _refuse(
            backupAgreement,
            abi.encodeWithSelector(ServiceAgreements.AgreementEnded.selector, backupAgreement)
        );
        _refuse(
            forOne,
            abi.encodeWithSelector(
                ServiceAgreements.AgreementForOtherMachine.selector, forOne, machine, bytes32(0)
            )
        );
        vm.prank(manufacturer);
        maintenance.setStanding(manufacturer, machine, forOne);
    }

    function _refuse(bytes32 id, bytes memory failure) private {
        _expect(failure);
        vm.prank(manufacturer);
        maintenance.setStanding(manufacturer, 0, id);
        _expect(failure);
        vm.prank(manufacturer);
        maintenance.setBackup(agreement, id);
    }

    function test_ShouldNameABackup() public {
        vm.assertEq(maintenance.backupOf(agreement), backupAgreement, "named");
        vm.expectEmit(address(maintenance));
        emit ServiceAgreements.BackupAgreementChanged(agreement, 0);
        vm.prank(manufacturer);
        maintenance.setBackup(agreement, 0);
        vm.assertEq(maintenance.backupOf(agreement), 0, "none");
    }

    function test_RevertWhen_AnAgreementBacksItself() public {
        _expect(abi.encodeWithSelector(ServiceAgreements.BackupIsItself.selector, agreement));
        vm.prank(manufacturer);
        maintenance.setBackup(agreement, agreement);
    }
}
