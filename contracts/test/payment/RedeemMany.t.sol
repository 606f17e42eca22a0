// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {Vm} from "../support/Vm.sol";

contract RedeemManyTest is CremaTest {
    function test_ShouldRedeemManyChannelsAtOnce() public {
        PaymentProvider.BadgedRedemption[] memory rs = new PaymentProvider.BadgedRedemption[](10);
        for (uint64 i = 0; i < 10; i++) {
            _open(i + 1, DEPOSIT);
            rs[i] = _byEmployee(i + 1, 10e6 + i, _plainBadge());
        }
        payment.redeemMany(manufacturer, new PaymentProvider.Redemption[](0), rs);
        vm.assertEq(payment.credited(manufacturer), 100e6 + 45, "credited");
        for (uint64 i = 0; i < 10; i++) {
            vm.assertEq(_stored(_id(i + 1)).redeemed, 10e6 + i, "redeemed");
        }
    }

    function test_ShouldSkipBadRowsAndNameThem() public {
        bytes32 good = _open(1, DEPOSIT);
        bytes32 closed = _open(2, DEPOSIT);
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 2);
        PaymentProvider.Badge memory low = _plainBadge();
        low.maxTotal = 1;
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](4);
        rs[0] = _byCustomer(9, 1);
        rs[1] = _byCustomer(2, 1);
        rs[2] = _sign(_unsigned(1, 7, 5e6), STRANGER_KEY);
        PaymentProvider.BadgedRedemption[] memory bs = new PaymentProvider.BadgedRedemption[](1);
        rs[3] = _byCustomer(1, 5e6);

        _expectSkipped(_id(9), 1, 1, PaymentProvider.UnknownChannel.selector);
        _expectSkipped(closed, 1, 1, PaymentProvider.ChannelIsClosed.selector);
        _expectSkipped(good, 7, 5e6, PaymentProvider.WrongSigner.selector);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelRedeemed(good, 1, 5e6, HISTORY, 5e6);
        bs[0] = _byEmployee(1, 6e6, low);
        _expectSkipped(good, 1, 6e6, PaymentProvider.BadgeCapExceeded.selector);
        payment.redeemMany(manufacturer, rs, bs);
        vm.assertEq(payment.credited(manufacturer), 5e6, "credited");
    }

    function test_ShouldPassOverWhatIsAlreadyPaid() public {
        _open(1, DEPOSIT);
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](3);
        rs[0] = _byCustomer(1, 5e6);
        rs[1] = rs[0];
        rs[2] = _byCustomer(1, 4e6);
        vm.recordLogs();
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
        vm.assertEq(vm.getRecordedLogs().length, 1, "one event");
        vm.assertEq(payment.credited(manufacturer), 5e6, "credited");
    }

    function test_ShouldNameOnlyBadRowsWithBadges() public {
        _open(1, DEPOSIT);
        PaymentProvider.BadgedRedemption[] memory rs = new PaymentProvider.BadgedRedemption[](2);
        rs[0] = _byEmployee(1, 5e6, _plainBadge());
        rs[1] = rs[0];
        vm.recordLogs();
        payment.redeemMany(manufacturer, new PaymentProvider.Redemption[](0), rs);
        vm.assertEq(vm.getRecordedLogs().length, 1, "one event");
        vm.assertEq(payment.credited(manufacturer), 5e6, "credited");
    }

    function test_ShouldWriteNothingWhenNothingIsPaid() public {
        _open(1, DEPOSIT);
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](1);
        rs[0] = _byCustomer(1, 0);
        vm.record();
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
        payment.redeem(manufacturer, rs[0]);
        payment.redeemWithBadge(manufacturer, _byEmployee(1, 0, _plainBadge()));
        (, bytes32[] memory writes) = vm.accesses(address(payment));
        vm.assertEq(writes.length, 0, "no slot");
    }

    function test_ShouldTakeNoRows() public {
        payment.redeemMany(
            manufacturer, new PaymentProvider.Redemption[](0), new PaymentProvider.BadgedRedemption[](0)
        );
    }

    /// @dev A row is skipped exactly where redeem would revert, and with that error's selector.
    function testFuzz_ShouldAgreeWithRedeem(uint8 kind, uint96 total, uint64 sequence, uint64 index) public {
        _open(1, DEPOSIT);
        index = uint64(_bound(index, 1, 2));
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](1);
        rs[0] = _sign(_unsigned(index, sequence, total), kind % 2 == 0 ? CUSTOMER_KEY : STRANGER_KEY);
        vm.recordLogs();
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
        _agree(abi.encodeCall(payment.redeem, (manufacturer, rs[0])));
    }

    function testFuzz_ShouldAgreeWithRedeemWithBadge(uint8 kind, uint96 total, uint64 sequence, uint64 index)
        public
    {
        _open(1, DEPOSIT);
        index = uint64(_bound(index, 1, 2));
        PaymentProvider.BadgedRedemption[] memory rs = new PaymentProvider.BadgedRedemption[](1);
        rs[0].redemption =
            _sign(_unsigned(index, sequence, total), kind % 5 == 0 ? CUSTOMER_KEY : EMPLOYEE_KEY);
        rs[0].badge = _signBadge(_plainBadge(), kind % 2 == 0 ? CUSTOMER_KEY : STRANGER_KEY);
        if (kind % 3 == 0) rs[0].badge.employee = address(0);
        vm.recordLogs();
        payment.redeemMany(manufacturer, new PaymentProvider.Redemption[](0), rs);
        _agree(abi.encodeCall(payment.redeemWithBadge, (manufacturer, rs[0])));
    }

    function _agree(bytes memory single) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bool skipped = logs.length == 1 && logs[0].topics[0] == PaymentProvider.RedemptionSkipped.selector;
        (bool accepted, bytes memory failure) = address(payment).call(single);
        vm.assertEq(skipped, !accepted, "skipped exactly where it is refused alone");
        if (accepted) return;
        (,, bytes4 reason) = abi.decode(logs[0].data, (uint64, uint96, bytes4));
        vm.assertEq(bytes32(reason), bytes32(bytes4(failure)), "reason");
    }

    function _expectSkipped(bytes32 channel, uint64 sequence, uint96 total, bytes4 reason) private {
        vm.expectEmit(address(payment));
        emit PaymentProvider.RedemptionSkipped(channel, sequence, total, reason);
    }
}
