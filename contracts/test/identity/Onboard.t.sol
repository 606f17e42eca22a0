// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract OnboardTest is IdentityTest {
    function _refuse(address by, address account, uint8 roles, bytes memory failure) private {
        _expect(failure);
        vm.prank(by);
        identity.onboard(account, roles, 0);
    }

    function test_RevertWhen_TheCallerIsNoOwner() public {
        _refuse(stranger, fresh, 1, abi.encodeWithSelector(Owners.NotOwner.selector, stranger));
    }

    function test_RevertWhen_TheAccountIsNoneOrKnown() public {
        _refuse(owner, address(0), 1, abi.encodeWithSelector(Owners.ZeroAccount.selector));
        _refuse(
            owner, customer, 1, abi.encodeWithSelector(IdentityProvider.AlreadyOnboarded.selector, customer)
        );
    }

    function test_RevertWhen_TheRolesAreNoneOrNotKnown() public {
        _refuse(owner, fresh, 0, abi.encodeWithSelector(IdentityProvider.UnknownRoles.selector, 0));
        _refuse(owner, fresh, 64, abi.encodeWithSelector(IdentityProvider.UnknownRoles.selector, 64));
    }

    function test_ShouldOnboardByAnyOwner() public {
        vm.expectEmit(address(identity));
        emit IdentityProvider.ParticipantOnboarded(fresh, 24, "both");
        vm.prank(third);
        identity.onboard(fresh, 24, "both");
        vm.assertEq(identity.participants(fresh).since, START, "since");
        vm.assertFalse(identity.participants(fresh).suspended, "not suspended");
    }

    function testFuzz_ShouldHoldExactlyTheRolesGranted(uint8 granted, uint8 asked) public {
        granted = uint8(_bound(granted, 1, 63));
        vm.prank(owner);
        identity.onboard(fresh, granted, 0);
        vm.assertEq(identity.hasRole(fresh, asked), asked != 0 && granted & asked == asked, "roles");
    }
}
