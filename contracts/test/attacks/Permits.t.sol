// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Permits} from "../../src/Permits.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice A permit is seen before it is used.
contract PermitAttacks is CremaTest {
    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
        token.mint(acting, 10e6);
    }

    function test_ShouldNotFailWhenAnotherUsesThePermitFirst() public {
        Permits.Permit memory p = _permit(ACTING_KEY, 10e6, START + 1);
        uint8 v = uint8(uint256(p.vs) >> 255) + 27;
        vm.prank(stranger);
        token.permit(acting, address(payment), 10e6, p.deadline, v, p.r, bytes32((uint256(p.vs) << 1) >> 1));
        vm.prank(acting);
        payment.topUpWithPermit(customer, manufacturer, 1, 10e6, p);
        vm.assertEq(_stored(_id(1)).deposited, DEPOSIT + 10e6, "deposited");
    }

    function test_ShouldNotSpendThePermitOfAnother() public {
        _open(2, 0);
        Permits.Permit memory p = _permit(ACTING_KEY, 10e6, START + 1);
        _expect(abi.encodeWithSelector(Permits.AllowanceTooSmall.selector, stranger, 0, 10e6));
        vm.prank(stranger);
        payment.topUpWithPermit(customer, manufacturer, 2, 10e6, p);
    }

    function test_ShouldNotSpendAnAllowanceOfAnother() public {
        vm.prank(acting);
        token.approve(address(payment), type(uint256).max);
        vm.prank(stranger);
        (bool done,) = address(payment).call(abi.encodeCall(payment.topUp, (customer, manufacturer, 1, 10e6)));
        vm.assertFalse(done, "a top-up takes the caller's own tokens only");
        vm.assertEq(token.balanceOf(acting), 10e6, "untouched");
    }
}
