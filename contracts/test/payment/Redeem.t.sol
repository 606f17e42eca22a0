// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract RedeemTest is CremaTest {
    bytes32 internal channel;

    function setUp() public override {
        super.setUp();
        channel = _open(1, DEPOSIT);
    }

    function test_ShouldCreditThePayeeWhoeverSubmits() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 30e6);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelRedeemed(channel, 1, 30e6, HISTORY, 30e6);
        vm.prank(stranger);
        payment.redeem(manufacturer, r);
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
        vm.assertEq(_stored(channel).redeemed, 30e6, "redeemed");
        vm.assertEq(token.balanceOf(address(payment)), DEPOSIT, "still held");
    }

    function test_ShouldPayOnlyTheDifference() public {
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelRedeemed(channel, 1, 45e6, HISTORY, 45e6);
        payment.redeem(manufacturer, _byCustomer(1, 45e6));
        vm.assertEq(payment.credited(manufacturer), 45e6, "credited");
    }

    function test_ShouldDoNothingOnAReplay() public {
        payment.redeem(manufacturer, _byCustomer(1, 45e6));
        vm.recordLogs();
        payment.redeem(manufacturer, _byCustomer(1, 45e6));
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(payment.credited(manufacturer), 45e6, "credited once");
    }

    function test_ShouldDoNothingOnAReplayAfterTheClose() public {
        payment.redeem(manufacturer, _byCustomer(1, 45e6));
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        payment.redeem(manufacturer, _byCustomer(1, 45e6));
        vm.assertEq(payment.credited(manufacturer), 45e6, "credited once");
    }

    function test_ShouldPayTheRestAfterATopUp() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, DEPOSIT + 20e6);
        payment.redeem(manufacturer, r);
        vm.assertEq(payment.credited(manufacturer), DEPOSIT, "what is covered");
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 50e6);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelRedeemed(channel, 1, DEPOSIT + 20e6, HISTORY, DEPOSIT + 20e6);
        payment.redeem(manufacturer, r);
        vm.assertEq(payment.credited(manufacturer), DEPOSIT + 20e6, "all");
    }

    function test_ShouldRefuseAnUnknownChannel() public {
        PaymentProvider.Redemption memory r = _byCustomer(2, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.UnknownChannel.selector, _id(2)));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldRefuseAClosedChannel() public {
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        PaymentProvider.Redemption memory r = _byCustomer(1, 1);
        _expect(abi.encodeWithSelector(PaymentProvider.ChannelIsClosed.selector, channel));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldRefuseAnotherSigner() public {
        PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, 30e6), STRANGER_KEY);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, stranger, customer));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldRefuseAChangedField() public {
        for (uint256 i = 0; i < 3; i++) {
            PaymentProvider.Redemption memory r = _byCustomer(1, 30e6);
            if (i == 0) r.total += 1;
            else if (i == 1) r.sequence += 1;
            else r.history = keccak256("another");
            // another message recovers another address, or none
            try payment.redeem(manufacturer, r) {
                vm.assertTrue(false, "accepted");
            } catch {}
        }
        vm.assertEq(payment.credited(manufacturer), 0, "nothing credited");
    }

    function test_ShouldRefuseAHighS() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 30e6);
        // 2098 has 255 bits for s: everything above half the order is high
        r.vs = bytes32(uint256(0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1));
        _expect(abi.encodeWithSelector(PaymentProvider.InvalidSignature.selector, _receiptDigest(r)));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldRefuseASignatureThatIsNone() public {
        PaymentProvider.Redemption memory r = _unsigned(1, 1, 30e6);
        _expect(abi.encodeWithSelector(PaymentProvider.InvalidSignature.selector, _receiptDigest(r)));
        payment.redeem(manufacturer, r);
    }

    function test_ShouldNotTakeASignatureForAnotherDeployment() public {
        PaymentProvider.Redemption memory r = _byCustomer(1, 30e6);
        vm.chainId(1);
        try payment.redeem(manufacturer, r) {
            vm.assertTrue(false, "accepted on another chain");
        } catch {}
    }

    function test_ShouldNeverAskTheCodeOfASigner() public {
        // an account that delegates to code still signs with its key, and its code is not asked
        vm.etch(customer, abi.encodePacked(hex"ef0100", address(token)));
        payment.redeem(manufacturer, _byCustomer(1, 30e6));
        vm.assertEq(payment.credited(manufacturer), 30e6, "credited");
    }

    function testFuzz_ShouldCreditTheCoveredDifference(uint96 first, uint96 second, uint96 topUp) public {
        topUp = uint96(_bound(topUp, 1, 1000e6));
        uint256 covered = first < DEPOSIT ? first : DEPOSIT;
        payment.redeem(manufacturer, _byCustomer(1, first));
        vm.assertEq(payment.credited(manufacturer), covered, "first");
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, topUp);
        uint256 deposited = uint256(DEPOSIT) + topUp;
        uint256 target = second < deposited ? second : deposited;
        payment.redeem(manufacturer, _byCustomer(1, second));
        vm.assertEq(payment.credited(manufacturer), target > covered ? target : covered, "second");
    }

    function testFuzz_ShouldRefuseEveryOtherKey(uint256 key, uint96 total) public {
        key = _bound(key, 1, 2 ** 255);
        vm.assume(key != CUSTOMER_KEY && total > 0);
        PaymentProvider.Redemption memory r = _sign(_unsigned(1, 1, total), key);
        _expect(abi.encodeWithSelector(PaymentProvider.WrongSigner.selector, vm.addr(key), customer));
        payment.redeem(manufacturer, r);
    }
}
