// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Parties} from "./Parties.sol";
import {Permits} from "./Permits.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Accounts
/// @notice What everybody has here: a balance that it may take out at any time, and what is reserved of it for
/// agreements. Tokens move only in `deposit` and `withdraw`; all payments are between balances, so that no token can
/// stop one. One ERC-20 token for ever, that of the PaymentProvider. Amounts are in its smallest unit.
/// IMPORTANT: a token that takes a fee or changes balances by itself must not be used; a deposit that delivers another
/// amount than asked for is refused.
abstract contract Accounts is Parties {
    using SafeERC20 for IERC20;

    /// @notice One slot per account.
    struct Account {
        uint128 balance;
        uint128 reserved;
    }

    IERC20 public immutable token;

    mapping(address => Account) private _accounts;

    event Deposited(address indexed account, address indexed from, uint96 amount);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    error ZeroAmount();
    error InvalidAccount(address account);
    error InvalidRecipient(address to);
    error InsufficientBalance(address account, uint256 balance, uint256 needed);
    error UnexpectedAmount(uint256 expected, uint256 received);

    constructor() {
        token = payment.token();
    }

    /// @notice Pays `amount` of the caller's tokens into the balance of `account`. Anyone pays for anyone.
    function deposit(address account, uint96 amount) external {
        _deposit(account, amount);
    }

    /// @notice As `deposit`, with the caller's permit for this contract; one that fails is ignored if the allowance
    /// suffices.
    function depositWithPermit(address account, uint96 amount, Permits.Permit calldata permit) external {
        Permits.use(token, msg.sender, address(this), amount, permit);
        _deposit(account, amount);
    }

    /// @notice Takes `amount` of the caller's balance out.
    function withdraw(uint256 amount, address to) external {
        withdrawFor(msg.sender, amount, to);
    }

    /// @notice Takes `amount` of the balance of `account` out, called by whoever acts for it.
    function withdrawFor(address account, uint256 amount, address to) public {
        _requireActsFor(account);
        require(to != address(0) && to != address(this), InvalidRecipient(to));
        _subtract(account, amount);
        emit Withdrawn(account, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @notice What `account` can take out or use now.
    function balanceOf(address account) public view returns (uint256) {
        return _accounts[account].balance;
    }

    /// @notice What is set aside of the money of `account`, until the agreement that it backs pays it out or frees it.
    function reservedOf(address account) public view returns (uint256) {
        return _accounts[account].reserved;
    }

    /// @dev Sets `amount` of the balance of `account` aside. The caller's event says so.
    function _reserve(address account, uint256 amount) internal {
        _subtract(account, amount);
        // no overflow: it was part of a balance
        _accounts[account].reserved += uint128(amount);
    }

    /// @dev Gives `amount` that is reserved of `from` to the balance of `to`; both may be the same. It never draws on
    /// what others reserved. The caller's event says so.
    function _release(address from, address to, uint256 amount) internal {
        if (amount == 0) return;
        _accounts[from].reserved -= uint128(amount);
        _accounts[to].balance += uint128(amount);
    }

    function _subtract(address account, uint256 amount) private {
        uint256 balance = _accounts[account].balance;
        require(amount <= balance, InsufficientBalance(account, balance, amount));
        _accounts[account].balance = uint128(balance - amount);
    }

    /// @dev Takes exactly `amount` from the caller, last of all: a token that calls back finds everything written down,
    /// and can only unmake the deposit.
    function _deposit(address account, uint96 amount) private {
        require(account != address(0) && account != address(this), InvalidAccount(account));
        require(amount > 0, ZeroAmount());
        _accounts[account].balance += amount;
        emit Deposited(account, msg.sender, amount);
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - before;
        require(received == amount, UnexpectedAmount(amount, received));
    }
}
