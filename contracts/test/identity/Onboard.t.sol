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

    function test_RevertWhen_TheRolesTakeAVote() public {
        bytes memory failure =
            abi.encodeWithSelector(IdentityProvider.RoleTakesVote.selector, fresh, identity.ORACLE());
        _refuse(owner, fresh, 32, failure);
        _refuse(owner, fresh, 63, failure);
    }

    function test_ShouldOnboardWithNoRoleYet() public {
        vm.prank(owner);
        identity.onboard(fresh, 0, 0);
        vm.assertFalse(identity.hasRole(fresh, 1), "none");
        _refuse(owner, fresh, 1, abi.encodeWithSelector(IdentityProvider.AlreadyOnboarded.selector, fresh));
    }

    function test_RevertWhen_TheRolesAreNotKnown() public {
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
        granted = uint8(_bound(granted, 0, 31));
        vm.prank(owner);
        identity.onboard(fresh, granted, 0);
        vm.assertEq(identity.hasRole(fresh, asked), asked != 0 && granted & asked == asked, "roles");
    }
}
