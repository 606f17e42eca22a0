// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Owners} from "../../src/Owners.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice Three owners of whom two must agree.
abstract contract IdentityTest is CremaTest {
    address internal second = address(0x02E2);
    address internal third = address(0x03E3);
    address internal guardian = address(0x61A2D);
    address internal fresh = address(0xF2E5);

    function setUp() public virtual override {
        super.setUp();
        _decide(Owners.Kind.ADD_OWNER, second, 0);
        _decide(Owners.Kind.ADD_OWNER, third, 0);
        _decide(Owners.Kind.SET_QUORUM, address(0), 2);
    }

    function _propose(Owners.Kind kind, address account, uint256 value) internal returns (bytes32) {
        vm.prank(owner);
        return identity.propose(kind, account, value);
    }

    function _approveBy(address by, bytes32 proposal) internal {
        vm.prank(by);
        identity.approve(proposal);
    }

    function _executeBy(address by, bytes32 proposal) internal {
        vm.prank(by);
        identity.execute(proposal);
    }

    /// @dev Decides by the votes of the first and the second owner.
    function _vote(Owners.Kind kind, address account, uint256 value) internal {
        _executeBy(third, _approved(kind, account, value));
    }

    /// @dev A proposal that waits for its execution alone.
    function _approved(Owners.Kind kind, address account, uint256 value) internal returns (bytes32 proposal) {
        proposal = _propose(kind, account, value);
        _approveBy(second, proposal);
    }

    function _refuseVote(Owners.Kind kind, address account, uint256 value, bytes memory failure) internal {
        bytes32 proposal = _approved(kind, account, value);
        _expect(failure);
        _executeBy(third, proposal);
    }

    function _name(address guardian_) internal {
        vm.prank(customer);
        identity.setGuardian(customer, guardian_);
    }

    function _startMove(address key) internal {
        vm.prank(guardian);
        identity.startMove(customer, key);
    }
}
