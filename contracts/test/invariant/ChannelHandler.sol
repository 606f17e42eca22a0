// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Vm} from "../support/Vm.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice Random but valid and invalid use of two customers' channels with two payees; never reverts itself.
contract ChannelHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint24 private constant PERIOD = 1 days / 1 minutes;

    struct Book {
        uint256 customerKey;
        address customer;
        address payee;
        uint64 index;
        uint256 deposited;
        uint256 highestSigned;
        uint256 redeemed;
        bool closed;
    }

    CremaTestToken public immutable token;
    PaymentProvider public immutable payment;
    address public immutable opener;

    Book[] private _books;
    uint256[2] private _customerKeys = [uint256(0xC1), 0xC2];
    address[2] private _payees = [address(0xB1), address(0xB2)];
    uint256 private constant EMPLOYEE_KEY = 0xE1;
    uint256 private constant THIEF_KEY = 0xF1;

    uint256 public remainders;
    uint256 public withdrawn;
    uint256 public accepted;
    uint256 public refused;

    constructor(CremaTestToken token_, PaymentProvider payment_, address opener_) {
        (token, payment, opener) = (token_, payment_, opener_);
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(vm.addr(_customerKeys[i]));
            token_.approve(address(payment_), type(uint256).max);
        }
    }

    function open(uint256 who, uint96 deposit) external {
        if (_books.length >= 8) return;
        deposit = deposit % 1_000_000e6;
        uint256 key = _customerKeys[who % 2];
        address customer = vm.addr(key);
        address payee = _payees[(who >> 8) % 2];
        uint64 index = uint64(_books.length);
        token.mint(customer, deposit);
        vm.prank(opener);
        payment.open(customer, payee, index, deposit, PERIOD);
        _books.push(Book(key, customer, payee, index, deposit, 0, 0, false));
    }

    function topUp(uint256 which, uint96 amount) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        amount = amount % 1000e6;
        token.mint(b.customer, amount);
        vm.prank(b.customer);
        try payment.topUp(b.customer, b.payee, b.index, amount) {
            b.deposited += amount;
        } catch {
            vm.assertTrue(b.closed || amount == 0, "a live channel takes a top-up");
        }
    }

    function redeem(uint256 which, uint96 total, uint256 how) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        (PaymentProvider.Redemption memory r, bool mayCount) = _signed(b, total, how);
        if (mayCount && total > b.highestSigned) b.highestSigned = total;
        try payment.redeem(r) {
            _note(b);
            accepted++;
        } catch {
            refused++;
        }
    }

    function redeemMany(uint256 which, uint96 first, uint96 second, uint256 how) external {
        if (_books.length == 0) return;
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](3);
        for (uint256 i = 0; i < 3; i++) {
            Book storage b = _books[(which >> (8 * i)) % _books.length];
            uint96 total = i == 1 ? second : first;
            bool mayCount;
            (rs[i], mayCount) = _signed(b, total, how >> (8 * i));
            if (mayCount && total > b.highestSigned) b.highestSigned = total;
        }
        payment.redeemMany(rs);
        for (uint256 i = 0; i < 3; i++) {
            _note(_books[(which >> (8 * i)) % _books.length]);
        }
    }

    function requestClose(uint256 which) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        vm.prank(b.customer);
        try payment.requestClose(b.payee, b.index) {} catch {}
    }

    function close(uint256 which, uint256 by) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        // seldom by the payee, or no channel lives long
        address caller = by % 16 == 0 ? b.payee : by % 4 == 1 ? vm.addr(THIEF_KEY) : b.customer;
        uint256 remainder = _deposited(b) - _redeemed(b);
        vm.prank(caller);
        try payment.close(b.customer, b.payee, b.index) {
            vm.assertTrue(caller != vm.addr(THIEF_KEY), "no stranger closes");
            vm.assertFalse(b.closed, "closed once");
            b.closed = true;
            remainders += remainder;
        } catch {}
    }

    function withdraw(uint256 who) external {
        address account = who % 3 == 0
            ? _payees[(who >> 8) % 2]
            : who % 3 == 1 ? vm.addr(_customerKeys[(who >> 8) % 2]) : vm.addr(THIEF_KEY);
        uint256 credit = payment.credited(account);
        vm.prank(account);
        try payment.withdraw(address(0xD00D)) {
            withdrawn += credit;
        } catch {
            vm.assertEq(credit, 0, "credit is never locked");
        }
    }

    function changeKeys(uint256 who, uint32 epoch) external {
        address customer = vm.addr(_customerKeys[who % 2]);
        vm.prank(customer);
        if (who % 3 == 0) {
            try payment.setSigner(vm.addr(EMPLOYEE_KEY + who % 5)) {} catch {}
        } else {
            try payment.raiseEpoch(epoch % 8) {} catch {}
        }
    }

    function pass(uint32 time) external {
        vm.warp(block.timestamp + (time % 5 days));
    }

    // --- the books

    function books() external view returns (Book[] memory) {
        return _books;
    }

    function accounts() external view returns (address[] memory list) {
        list = new address[](5);
        (list[0], list[1]) = (_payees[0], _payees[1]);
        (list[2], list[3]) = (vm.addr(_customerKeys[0]), vm.addr(_customerKeys[1]));
        list[4] = vm.addr(THIEF_KEY);
    }

    function _note(Book storage b) private {
        uint256 redeemed = _redeemed(b);
        vm.assertGe(redeemed, b.redeemed, "redeemed never decreases");
        b.redeemed = redeemed;
    }

    /// @dev `mayCount` is false only for signatures that must never pay.
    function _signed(Book storage b, uint96 total, uint256 how)
        private
        view
        returns (PaymentProvider.Redemption memory r, bool mayCount)
    {
        if (how % 4 != 3) total = uint96(total % (2 * _deposited(b) + 1));
        r.customer = b.customer;
        r.payee = b.payee;
        r.index = b.index;
        r.sequence = 1;
        r.total = total;
        uint256 signer = how % 3 == 0 ? b.customerKey : how % 3 == 1 ? EMPLOYEE_KEY : THIEF_KEY;
        mayCount = signer != THIEF_KEY;
        if (signer == EMPLOYEE_KEY) {
            r.badge.employee = vm.addr(EMPLOYEE_KEY);
            r.badge.maxTotal = uint96(how >> 128);
            r.badge.epoch = uint32((how >> 16) % 8);
            r.badge.validUntil = type(uint64).max;
            bytes32 hash = CremaTypes.hash(
                CremaTypes.Badge(
                    b.customer, r.badge.employee, 0, r.badge.maxTotal, r.badge.epoch, 0, r.badge.validUntil
                )
            );
            (r.badge.r, r.badge.vs) = vm.signCompact(b.customerKey, _digest(hash));
            mayCount = total <= r.badge.maxTotal;
        }
        bytes32 channel = CremaTypes.channelId(b.customer, b.payee, b.index);
        bytes32 receipt = CremaTypes.hash(CremaTypes.Receipt(channel, 1, total, 0));
        (r.r, r.vs) = vm.signCompact(signer, _digest(receipt));
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(payment.domainSeparator(), structHash);
    }

    function _deposited(Book storage b) private view returns (uint256 deposited) {
        (deposited,,,) = payment.channels(CremaTypes.channelId(b.customer, b.payee, b.index));
    }

    function _redeemed(Book storage b) private view returns (uint256 redeemed) {
        (, redeemed,,) = payment.channels(CremaTypes.channelId(b.customer, b.payee, b.index));
    }
}
