// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "../../src/IdentityKeys.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {IdentityTest} from "./IdentityTest.sol";

contract SetMetadataTest is IdentityTest {
    function test_RevertWhen_TheCallerIsNotTheKey() public {
        _expect(abi.encodeWithSelector(IdentityKeys.NotIdentityKey.selector, customer, owner, customer));
        vm.prank(owner);
        identity.setMetadata(customer, "new");
    }

    function test_RevertWhen_TheAccountIsNotOnboarded() public {
        _expect(abi.encodeWithSelector(IdentityProvider.NotOnboarded.selector, stranger));
        vm.prank(stranger);
        identity.setMetadata(stranger, "new");
    }

    function test_ShouldNameTheHash() public {
        vm.expectEmit(address(identity));
        emit IdentityProvider.MetadataChanged(customer, "new");
        vm.prank(customer);
        identity.setMetadata(customer, "new");
    }
}
