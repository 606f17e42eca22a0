// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {AccountsHarness} from "../support/AccountsHarness.sol";
import {BlockingToken} from "../support/BlockingToken.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {FeeToken, HookToken} from "../support/Tokens.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Balances against tokens that misbehave.
contract AccountsAttacksTest is CremaTest {
    function _accountsIn(IERC20 other) private returns (AccountsHarness accounts) {
        PaymentProvider p = new PaymentProvider(other, identity, stranger, MIN_PERIOD, MAX_PERIOD);
        accounts = new AccountsHarness(IdentityProvider(identity), p);
    }

    function test_Attack_TokenThatTakesAFee() public {
        FeeToken fee = new FeeToken();
        AccountsHarness accounts = _accountsIn(fee);
        fee.mint(customer, 100);
        vm.startPrank(customer);
        fee.approve(address(accounts), 100);
        _expect(abi.encodeWithSelector(Accounts.UnexpectedAmount.selector, 100, 99));
        accounts.deposit(customer, 100);
    }

    /// @dev One who cannot receive stops nobody else, and still can be paid, and withdraw elsewhere.
    function test_Attack_TokenThatBlocksAnAccount() public {
        BlockingToken blocking = new BlockingToken();
        AccountsHarness accounts = _accountsIn(blocking);
        blocking.mint(address(this), 100);
        blocking.approve(address(accounts), 100);
        accounts.deposit(manufacturer, 100);
        accounts.reserve(manufacturer, 60);
        blocking.blockAccount(provider);
        blocking.blockAccount(manufacturer);
        accounts.release(manufacturer, provider, 50);
        accounts.release(manufacturer, customer, 10);
        vm.prank(customer);
        accounts.withdraw(10, customer);
        _expect(abi.encodeWithSelector(BlockingToken.Blocked.selector, provider));
        vm.prank(provider);
        accounts.withdraw(50, provider);
        vm.prank(provider);
        accounts.withdraw(50, customer);
        vm.assertEq(blocking.balanceOf(customer), 60, "paid");
    }

    /// @dev A token with hooks lets the depositor withdraw before its tokens move: the deposit is undone.
    function test_Attack_ReentrantDeposit() public {
        HookToken hook = new HookToken();
        AccountsHarness accounts = _accountsIn(hook);
        Reentrant thief = new Reentrant(accounts, hook);
        hook.mint(address(this), 1000);
        hook.approve(address(accounts), 1000);
        accounts.deposit(customer, 1000);
        hook.mint(address(thief), 100);
        hook.hook(address(thief), abi.encodeCall(thief.takeOut, (100)));
        _expect(abi.encodeWithSelector(Accounts.UnexpectedAmount.selector, 100, 0));
        thief.deposit(100);
        vm.assertEq(hook.balanceOf(address(accounts)), 1000, "untouched");
    }

    /// @dev Within a withdrawal what is left is written down already.
    function test_Attack_ReentrantWithdrawal() public {
        HookToken hook = new HookToken();
        AccountsHarness accounts = _accountsIn(hook);
        Reentrant thief = new Reentrant(accounts, hook);
        hook.mint(address(this), 1100);
        hook.approve(address(accounts), 1100);
        accounts.deposit(customer, 1000);
        accounts.deposit(address(thief), 100);
        hook.hook(address(thief), abi.encodeCall(thief.takeOut, (100)));
        thief.takeOut(100);
        vm.assertFalse(hook.reentered(), "no second time");
        vm.assertEq(hook.balanceOf(address(thief)), 100, "once");
        vm.assertEq(hook.balanceOf(address(accounts)), 1000, "the others'");
    }

    function test_Attack_TokensSentUnaskedAreNobodys() public {
        AccountsHarness accounts = new AccountsHarness(identity, payment);
        token.mint(address(accounts), 77);
        vm.assertEq(accounts.balanceOf(address(accounts)), 0, "nobody's");
        vm.startPrank(customer);
        token.approve(address(accounts), 5);
        accounts.deposit(customer, 5);
        _expect(abi.encodeWithSelector(Accounts.InsufficientBalance.selector, customer, 5, 6));
        accounts.withdraw(6, customer);
    }
}

contract Reentrant {
    AccountsHarness private immutable accounts;

    constructor(AccountsHarness accounts_, IERC20 token) {
        accounts = accounts_;
        token.approve(address(accounts_), type(uint256).max);
    }

    function deposit(uint96 amount) external {
        accounts.deposit(address(this), amount);
    }

    function takeOut(uint256 amount) external {
        accounts.withdraw(amount, address(this));
    }
}
