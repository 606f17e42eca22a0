// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {MischiefToken} from "../support/MischiefToken.sol";
import {HookToken} from "../support/Tokens.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Withdraws again while its tokens are on their way.
contract GreedyAccount {
    PaymentProvider private immutable _payment;

    constructor(PaymentProvider payment_) {
        _payment = payment_;
    }

    function withdraw() external {
        _payment.withdraw(address(this));
    }
}

/// @notice The token turns bad after channels were funded with it.
contract TokenAttacks is CremaTest {
    MischiefToken internal bad;

    function setUp() public override {
        super.setUp();
        bad = new MischiefToken();
        payment = new PaymentProvider(bad, identity, address(rental), MIN_PERIOD, MAX_PERIOD);
        bad.mint(customer, 1000e6);
        vm.prank(customer);
        bad.approve(address(payment), type(uint256).max);
        _open(1, DEPOSIT);
        payment.redeem(manufacturer, _byCustomer(1, 10e6));
    }

    function _withdraw(address by, address to) private returns (bool done) {
        vm.prank(by);
        (done,) = address(payment).call{gas: 3_000_000}(abi.encodeCall(payment.withdraw, (to)));
    }

    function _topUp() private returns (bool done) {
        vm.prank(customer);
        (done,) = address(payment).call{gas: 3_000_000}(
            abi.encodeCall(payment.topUp, (customer, manufacturer, 1, 5e6))
        );
    }

    /// @dev Receipts and closes move no token, so that none can stop them.
    function _redeemAndCloseWork() private {
        payment.redeem(manufacturer, _byCustomer(1, 20e6));
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        vm.assertEq(payment.credited(manufacturer), 20e6, "payee");
        vm.assertEq(payment.credited(customer), DEPOSIT - 20e6, "customer");
    }

    function test_ShouldRefuseAFeeOnTransfer() public {
        bad.set(MischiefToken.Mode.FEE);
        _expect(abi.encodeWithSelector(PaymentProvider.UnexpectedAmount.selector, 5e6, 5e6 - 1));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 5e6);
        vm.assertEq(_stored(_id(1)).deposited, DEPOSIT, "deposited");
    }

    function test_ShouldTakeATokenThatReturnsNothing() public {
        bad.set(MischiefToken.Mode.SILENT);
        vm.assertTrue(_topUp(), "topped up");
        vm.assertTrue(_withdraw(manufacturer, manufacturer), "withdrawn");
        vm.assertEq(bad.balanceOf(manufacturer), 10e6, "received");
    }

    /// @dev Returning false, paused, reverting with a megabyte, or burning all gas: the transfer fails as a whole,
    /// the credit stays, and nothing else is held up.
    function test_ShouldKeepTheCreditWhileTransfersFail() public {
        MischiefToken.Mode[4] memory modes = [
            MischiefToken.Mode.FALSE,
            MischiefToken.Mode.PAUSED,
            MischiefToken.Mode.BOMB,
            MischiefToken.Mode.HOG
        ];
        for (uint256 i = 0; i < 4; i++) {
            bad.set(modes[i]);
            vm.assertFalse(_topUp(), "topped up");
            vm.assertFalse(_withdraw(manufacturer, manufacturer), "withdrawn");
            vm.assertEq(payment.credited(manufacturer), 10e6, "credited");
            vm.assertEq(_stored(_id(1)).deposited, DEPOSIT, "deposited");
        }
        _redeemAndCloseWork();
        bad.set(MischiefToken.Mode.HONEST);
        vm.assertTrue(_withdraw(manufacturer, manufacturer), "in the end");
        vm.assertTrue(_withdraw(customer, customer), "in the end");
        vm.assertEq(bad.balanceOf(address(payment)), 0, "held");
    }

    function test_ShouldNameATransferThatReturnsFalse() public {
        bad.set(MischiefToken.Mode.FALSE);
        _expect(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(bad)));
        vm.prank(manufacturer);
        payment.withdraw(manufacturer);
    }

    function test_ShouldLetABlockedAccountStopNobodyElse() public {
        bad.setBlocked(manufacturer, true);
        vm.assertFalse(_withdraw(manufacturer, manufacturer), "blocked");
        vm.assertTrue(_withdraw(manufacturer, stranger), "but it may name another address");
        _open(2, DEPOSIT);
        bad.setBlocked(customer, true);
        vm.assertFalse(_topUp(), "blocked");
        payment.redeem(manufacturer, _byCustomer(1, 20e6));
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        vm.assertTrue(_withdraw(customer, acting), "neither is the customer's remainder lost");
    }

    function test_ShouldOnlyShareOutLessWhenBalancesShrink() public {
        bad.burn(address(payment), 60e6);
        _redeemAndCloseWork();
        vm.assertTrue(_withdraw(manufacturer, manufacturer), "what is there is paid");
        vm.assertFalse(_withdraw(customer, customer), "what is not there is not");
        vm.assertEq(payment.credited(customer), DEPOSIT - 20e6, "and stays owed");
        bad.mint(address(payment), 60e6);
        vm.assertTrue(_withdraw(customer, customer), "until it is there");
    }

    function test_ShouldGiveNobodyWhatWasSentUnasked() public {
        bad.mint(address(payment), 7e6);
        vm.assertTrue(_topUp(), "topped up");
        vm.assertEq(_stored(_id(1)).deposited, DEPOSIT + 5e6, "the amount, no more");
        _redeemAndCloseWorkWith(5e6);
        _withdraw(manufacturer, manufacturer);
        _withdraw(customer, customer);
        vm.assertEq(bad.balanceOf(address(payment)), 7e6, "held");
    }

    function test_ShouldPayOnceHoweverATokenCallsBack() public {
        HookToken hooked = new HookToken();
        payment = new PaymentProvider(hooked, identity, address(rental), MIN_PERIOD, MAX_PERIOD);
        GreedyAccount greedy = new GreedyAccount(payment);
        hooked.mint(customer, 1000e6);
        vm.prank(customer);
        hooked.approve(address(payment), type(uint256).max);
        // there is more to take than what is the greedy account's
        _open(1, DEPOSIT);
        vm.prank(address(rental));
        payment.open(address(greedy), manufacturer, 1, 0, PERIOD);
        vm.prank(customer);
        payment.topUp(address(greedy), manufacturer, 1, 10e6);
        vm.prank(manufacturer);
        payment.close(address(greedy), manufacturer, 1);
        hooked.hook(address(greedy), abi.encodeCall(greedy.withdraw, ()));
        greedy.withdraw();
        vm.assertFalse(hooked.reentered(), "the second withdrawal found nothing");
        vm.assertEq(hooked.balanceOf(address(greedy)), 10e6, "received once");
    }

    function test_ShouldCountNoTransferTwiceWhileATokenCallsBack() public {
        HookToken hooked = new HookToken();
        payment = new PaymentProvider(hooked, identity, address(rental), MIN_PERIOD, MAX_PERIOD);
        hooked.mint(customer, 1000e6);
        hooked.mint(address(hooked), 1000e6);
        vm.prank(customer);
        hooked.approve(address(payment), type(uint256).max);
        vm.prank(address(hooked));
        hooked.approve(address(payment), type(uint256).max);
        _open(1, DEPOSIT);
        hooked.hook(address(payment), abi.encodeCall(payment.topUp, (customer, manufacturer, 1, 5e6)));
        _expect(abi.encodeWithSelector(PaymentProvider.UnexpectedAmount.selector, 5e6, 10e6));
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 1, 5e6);
    }

    function _redeemAndCloseWorkWith(uint96 more) private {
        payment.redeem(manufacturer, _byCustomer(1, 20e6));
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 1);
        vm.assertEq(payment.credited(customer), DEPOSIT + more - 20e6, "customer");
    }
}
