// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {Permits} from "../../src/Permits.sol";
import {AccountsHarness} from "../support/AccountsHarness.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

contract AccountsTest is CremaTest {
    AccountsHarness internal accounts;

    function setUp() public override {
        super.setUp();
        accounts = new AccountsHarness(identity, payment);
        vm.prank(customer);
        token.approve(address(accounts), type(uint256).max);
    }

    function _deposit(address account, uint96 amount) internal {
        vm.prank(customer);
        accounts.deposit(account, amount);
    }

    function test_ShouldDepositForAnyone() public {
        vm.expectEmit(address(accounts));
        emit Accounts.Deposited(manufacturer, customer, 7);
        _deposit(manufacturer, 7);
        vm.assertEq(accounts.balanceOf(manufacturer), 7, "balance");
        vm.assertEq(token.balanceOf(address(accounts)), 7, "held");
    }

    function test_ShouldReserveAndRelease() public {
        _deposit(manufacturer, 100);
        accounts.reserve(manufacturer, 60);
        vm.assertEq(accounts.balanceOf(manufacturer), 40, "balance");
        vm.assertEq(accounts.reservedOf(manufacturer), 60, "reserved");
        accounts.release(manufacturer, stranger, 25);
        accounts.release(manufacturer, manufacturer, 35);
        vm.assertEq(accounts.balanceOf(manufacturer), 75, "balance");
        vm.assertEq(accounts.balanceOf(stranger), 25, "paid");
        vm.assertEq(accounts.reservedOf(manufacturer), 0, "nothing reserved");
    }

    function test_RevertWhen_MoreIsReservedThanThereIs() public {
        _deposit(manufacturer, 100);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 100, 101));
        accounts.reserve(manufacturer, 101);
    }

    function test_ShouldWithdraw() public {
        _deposit(manufacturer, 100);
        vm.expectEmit(address(accounts));
        emit Accounts.Withdrawn(manufacturer, stranger, 30);
        vm.prank(manufacturer);
        accounts.withdraw(30, stranger);
        vm.assertEq(token.balanceOf(stranger), 30, "received");
        vm.assertEq(accounts.balanceOf(manufacturer), 70, "left");
    }

    function test_RevertWhen_AStrangerWithdraws() public {
        _deposit(manufacturer, 100);
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, manufacturer));
        vm.prank(stranger);
        accounts.withdrawFor(manufacturer, 1, stranger);
    }

    function test_ShouldUseEachNonceOnce() public {
        accounts.useNonce(manufacturer, 5);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 5));
        accounts.useNonce(manufacturer, 5);
    }

    function test_RevertWhen_ADepositIsForNobodyOrOfNothing() public {
        _expect(abi.encodeWithSelector(Accounts.InvalidAccount.selector, address(0)));
        _deposit(address(0), 1);
        _expect(abi.encodeWithSelector(Accounts.InvalidAccount.selector, address(accounts)));
        _deposit(address(accounts), 1);
        _expect(abi.encodeWithSelector(Accounts.ZeroAmount.selector));
        _deposit(customer, 0);
    }

    function test_ShouldDepositByPermit() public {
        vm.prank(customer);
        token.approve(address(accounts), 0);
        Permits.Permit memory permit = _permitFor(address(accounts), CUSTOMER_KEY, 50, START);
        vm.prank(customer);
        accounts.depositWithPermit(manufacturer, 50, permit);
        vm.assertEq(accounts.balanceOf(manufacturer), 50, "balance");
        _expect(abi.encodeWithSelector(Permits.AllowanceTooSmall.selector, customer, 0, 50));
        vm.prank(customer);
        accounts.depositWithPermit(manufacturer, 50, permit);
        vm.prank(customer);
        token.approve(address(accounts), 50);
        vm.prank(customer);
        accounts.depositWithPermit(manufacturer, 50, permit);
        vm.assertEq(accounts.balanceOf(manufacturer), 100, "by the allowance");
    }

    function _permitFor(address spender, uint256 key, uint256 value, uint256 deadline)
        private
        view
        returns (Permits.Permit memory)
    {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
                ),
                vm.addr(key),
                spender,
                value,
                token.nonces(vm.addr(key)),
                deadline
            )
        );
        (bytes32 r, bytes32 vs) =
            vm.signCompact(key, MessageHashUtils.toTypedDataHash(token.DOMAIN_SEPARATOR(), hash));
        return Permits.Permit(value, deadline, r, vs);
    }

    function test_RevertWhen_AWithdrawalGoesNowhere() public {
        _deposit(manufacturer, 100);
        vm.startPrank(manufacturer);
        _expect(abi.encodeWithSelector(Accounts.InvalidRecipient.selector, address(0)));
        accounts.withdraw(1, address(0));
        _expect(abi.encodeWithSelector(Accounts.InvalidRecipient.selector, address(accounts)));
        accounts.withdraw(1, address(accounts));
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 100, 101));
        accounts.withdraw(101, manufacturer);
    }

    function test_ShouldLetTheActingKeyWithdrawAndCancel() public {
        _deposit(manufacturer, 100);
        vm.prank(manufacturer);
        payment.setSigner(acting);
        vm.startPrank(acting);
        accounts.withdrawFor(manufacturer, 100, acting);
        vm.assertEq(token.balanceOf(acting), 100, "received");
        vm.expectEmit(address(accounts));
        emit OfferNonces.OfferCancelled(manufacturer, 300);
        accounts.cancelOfferFor(manufacturer, 300);
        vm.stopPrank();
        vm.assertTrue(accounts.nonceUsed(manufacturer, 300), "used");
        vm.assertFalse(accounts.nonceUsed(manufacturer, 44), "another word");
        _expect(abi.encodeWithSelector(Parties.NotAllowed.selector, stranger, manufacturer));
        vm.prank(stranger);
        accounts.cancelOfferFor(manufacturer, 301);
    }

    function testFuzz_ShouldKeepWhatOthersReserved(uint96 mine, uint96 others, uint96 take) public {
        mine = uint96(_bound(mine, 1, 1e12));
        others = uint96(_bound(others, 1, 1e11));
        token.mint(customer, 2e12);
        _deposit(manufacturer, mine);
        _deposit(provider, others);
        accounts.reserve(manufacturer, mine);
        accounts.reserve(provider, others);
        take = uint96(_bound(take, 0, mine));
        accounts.release(manufacturer, stranger, take);
        vm.assertEq(accounts.reservedOf(provider), others, "untouched");
        _expect(abi.encodeWithSignature("Panic(uint256)", 0x11));
        accounts.release(manufacturer, stranger, mine - take + 1);
        vm.assertEq(
            accounts.balanceOf(stranger) + accounts.reservedOf(manufacturer) + accounts.reservedOf(provider),
            token.balanceOf(address(accounts)),
            "conserved"
        );
    }
}
