// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceModel} from "../support/ServiceModel.sol";
import {ServiceTest} from "../support/ServiceTest.sol";
import {ServiceHandler} from "./ServiceHandler.sol";

/// @notice The invariants of MaintenanceProvider in README.md beside this file.
contract ServiceInvariants is ServiceTest {
    ServiceHandler private handler;
    ServiceModel private model;

    function setUp() public override {
        vm.recordLogs();
        super.setUp();
        model = new ServiceModel(maintenance);
        model.follow(vm.getRecordedLogs());
        handler = new ServiceHandler(
            maintenance,
            model,
            machine,
            [agreement, backupAgreement],
            [MANUFACTURER_KEY, PROVIDER_KEY, BACKUP_KEY, ORACLE_KEY, STRANGER_KEY, MACHINE_KEY]
        );
        token.mint(address(handler), type(uint96).max);
        vm.prank(address(handler));
        token.approve(address(maintenance), type(uint256).max);
    }

    /// @dev What forge calls at random.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev All in one, so that each run of calls serves them all.
    function invariant_ShouldHold() public view {
        _conserveTheEscrow();
        _beWhatItsEventsSay();
        _obeyThePartiesOnly();
    }

    function _conserveTheEscrow() private view {
        address[] memory accounts = model.accounts();
        uint256 balances;
        uint256 reserved;
        for (uint256 i = 0; i < accounts.length; i++) {
            balances += maintenance.balanceOf(accounts[i]);
            reserved += maintenance.reservedOf(accounts[i]);
        }
        vm.assertEq(token.balanceOf(address(maintenance)), balances + reserved, "1: held");
        vm.assertEq(reserved, _staked(), "2: reserved for what is open");
    }

    function _beWhatItsEventsSay() private view {
        model.check();
    }

    function _obeyThePartiesOnly() private view {
        vm.assertEq(handler.trespasses(), 0, "4: strangers");
        vm.assertEq(handler.revived(), 0, "5: ends are ends");
    }

    function afterInvariant() public {
        bytes32[] memory ids = model.requestIds();
        for (uint256 i = 0; i < ids.length; i++) {
            _bringToAnEnd(ids[i], i % 2 == 0);
        }
        address[] memory accounts = model.accounts();
        for (uint256 i = 0; i < accounts.length; i++) {
            vm.assertEq(maintenance.reservedOf(accounts[i]), 0, "6: nothing is locked");
            uint256 balance = maintenance.balanceOf(accounts[i]);
            vm.prank(accounts[i]);
            maintenance.withdraw(balance, accounts[i]);
        }
        vm.assertEq(token.balanceOf(address(maintenance)), 0, "6: all can be taken out");
    }

    /// @dev By the manufacturer and strangers alone, or by the provider and strangers alone where it has accepted.
    function _bringToAnEnd(bytes32 id, bool byManufacturer) private {
        ServiceRequests.Request memory r = maintenance.requests(id);
        vm.warp(block.timestamp + 200 days);
        if (r.status == ServiceRequests.Status.Accepted) {
            address by = maintenance.agreements(r.agreement).provider;
            vm.prank(byManufacturer ? manufacturer : by);
            if (byManufacturer) maintenance.escalate(id, 0);
            else maintenance.reportDone(id, 0);
            return _bringToAnEnd(id, byManufacturer);
        }
        if (r.status == ServiceRequests.Status.Reported) maintenance.settle(id);
        if (r.status == ServiceRequests.Status.Disputed) maintenance.endDispute(id);
        if (r.status > ServiceRequests.Status.Accepted) return;
        vm.prank(manufacturer);
        maintenance.cancel(id);
    }

    function _staked() private view returns (uint256 staked) {
        bytes32[] memory ids = model.requestIds();
        for (uint256 i = 0; i < ids.length; i++) {
            ServiceRequests.Status status = maintenance.requests(ids[i]).status;
            if (status < ServiceRequests.Status.Assigned || status > ServiceRequests.Status.Disputed) {
                continue;
            }
            staked += FEE + BONUS_CAP;
            if (status > ServiceRequests.Status.Assigned) staked += PENALTY_CAP;
            if (status == ServiceRequests.Status.Disputed) staked += BOND;
        }
    }
}
