// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice A signature is tried where it was not meant.
contract ReplayAttacks is CremaTest {
    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    function _refused(PaymentProvider provider, bytes memory call) private {
        (bool done,) = address(provider).call(call);
        vm.assertFalse(done, "taken");
        vm.assertEq(provider.credited(manufacturer), 0, "credited");
    }

    function test_ShouldRefuseAReceiptOfAnotherContract() public {
        PaymentProvider other = new PaymentProvider(token, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        vm.prank(customer);
        token.approve(address(other), DEPOSIT);
        other.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        _refused(other, abi.encodeCall(other.redeem, (manufacturer, r)));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldRefuseABadgeOfAnotherContract() public {
        PaymentProvider other = new PaymentProvider(token, identity, address(this), MIN_PERIOD, MAX_PERIOD);
        vm.prank(customer);
        token.approve(address(other), DEPOSIT);
        other.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
        PaymentProvider.BadgedRedemption memory r = _byEmployee(1, 10e6, _plainBadge());
        // the receipt is for the other contract, the badge for this one
        payment = other;
        r.redemption = _sign(r.redemption, EMPLOYEE_KEY);
        _refused(other, abi.encodeCall(other.redeemWithBadge, (manufacturer, r)));
        r.badge = _signBadge(r.badge, CUSTOMER_KEY);
        other.redeemWithBadge(manufacturer, r);
    }

    function test_ShouldRefuseAReceiptOfAnotherChain() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        vm.chainId(1);
        _refused(payment, abi.encodeCall(payment.redeem, (manufacturer, r)));
        // after a fork of the chain both halves know their own receipts
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
        vm.chainId(31_337);
    }

    function test_ShouldRefuseAReceiptOfAnotherChannel() public {
        _open(2, DEPOSIT);
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        r.index = 2;
        _refused(payment, abi.encodeCall(payment.redeem, (manufacturer, r)));
    }

    function test_ShouldRefuseAReceiptForAnotherPayee() public {
        vm.prank(address(rental));
        payment.open(customer, stranger, 1, DEPOSIT, PERIOD);
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        (bool done,) = address(payment).call(abi.encodeCall(payment.redeem, (stranger, r)));
        vm.assertFalse(done, "taken");
        vm.assertEq(payment.credited(stranger), 0, "credited");
    }

    function test_ShouldPayOnceHoweverOftenAReceiptIsSent() public {
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](5);
        for (uint256 i = 0; i < 5; i++) {
            rs[i] = _byCustomer(1, 10e6);
        }
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
        payment.redeem(manufacturer, rs[0]);
        vm.assertEq(payment.credited(manufacturer), 10e6, "credited");
    }

    function test_ShouldPayNothingAfterTheClose() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, _id(1)));
        payment.redeem(manufacturer, r);
        // neither can the channel be opened anew, nor its money be drawn by way of another
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelExists.selector, _id(1)));
        vm.prank(address(rental));
        payment.open(customer, manufacturer, 1, DEPOSIT, PERIOD);
        vm.assertEq(payment.credited(customer), DEPOSIT, "all of it is the customer's");
    }

    function test_ShouldRefuseAReceiptTurnedIntoAnother() public {
        // a payee raises the total, or continues a history that the customer never signed
        for (uint256 i = 0; i < 3; i++) {
            PaymentProvider.Redemption memory r = _byCustomer(1, 10e6);
            if (i == 0) r.total = 20e6;
            if (i == 1) r.history = keccak256(abi.encode(HISTORY, "a sale that never was"));
            if (i == 2) r.sequence = 2;
            _refused(payment, abi.encodeCall(payment.redeem, (manufacturer, r)));
        }
    }

    function test_ShouldPayNoMoreForAFabricatedPreviousReceipt() public {
        // a machine shows a phone a previous receipt that it made up: whatever history and sequence come of it, the
        // chain pays the total that was signed, and a lower one pays nothing
        PaymentProvider.Redemption memory r = _unsigned(1, 900, 12e6);
        r.history = keccak256("fabricated");
        payment.redeem(manufacturer, _sign(r, CUSTOMER_KEY));
        payment.redeem(manufacturer, _sign(_unsigned(1, 901, 11e6), CUSTOMER_KEY));
        vm.assertEq(payment.credited(manufacturer), 12e6, "credited");
    }
}
