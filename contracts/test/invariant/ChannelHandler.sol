// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Owners} from "../../src/Owners.sol";
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
    address public immutable owner;

    Book[] private _books;
    uint256[2] private _customerKeys = [uint256(0xC1), 0xC2];
    address[2] private _payees = [address(0xB1), address(0xB2)];
    uint256 private constant EMPLOYEE_KEY = 0xE1;
    uint256 private constant THIEF_KEY = 0xF1;

    /// @dev The key that signs for each customer now, besides its first one.
    uint256[2] private _latestKeys = [uint256(0xC1), 0xC2];

    uint256 public remainders;
    uint256 public moves;
    uint256 public withdrawn;
    mapping(address => uint256) public withdrawnBy;
    uint256 public accepted;
    uint256 public refused;

    constructor(CremaTestToken token_, PaymentProvider payment_, address opener_, address owner_) {
        (token, payment, opener, owner) = (token_, payment_, opener_, owner_);
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(vm.addr(_customerKeys[i]));
            token_.approve(address(payment_), type(uint256).max);
            IdentityProvider identity = payment_.identity();
            uint8 role = identity.CUSTOMER();
            vm.prank(owner_);
            identity.onboard(vm.addr(_customerKeys[i]), role, "customer");
        }
    }

    /// @dev What is called may not move the timer of any channel.
    modifier keepsTimers() {
        bytes32 before = _timers();
        _;
        vm.assertEq(_timers(), before, "7: no timer moved");
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

    function topUp(uint256 which, uint96 amount) external keepsTimers {
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

    function redeem(uint256 which, uint96 total, uint256 how) external keepsTimers {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        (PaymentProvider.BadgedRedemption memory r, bool byEmployee) = _signed(b, total, how);
        bytes memory call = byEmployee
            ? abi.encodeCall(payment.redeemWithBadge, (b.payee, r))
            : abi.encodeCall(payment.redeem, (b.payee, r.redemption));
        (bool done,) = address(payment).call(call);
        if (done) accepted++;
        else refused++;
        _note(b);
    }

    function redeemMany(uint256 which, uint96 first, uint96 second, uint256 how) external keepsTimers {
        if (_books.length == 0) return;
        address payee = _books[which % _books.length].payee;
        PaymentProvider.Redemption[] memory direct = new PaymentProvider.Redemption[](3);
        PaymentProvider.BadgedRedemption[] memory badged = new PaymentProvider.BadgedRedemption[](3);
        for (uint256 i = 0; i < 3; i++) {
            Book storage b = _books[(which >> (8 * i)) % _books.length];
            (PaymentProvider.BadgedRedemption memory r, bool byEmployee) =
                _signed(b, i == 1 ? second : first, how >> (8 * i));
            // rows left empty, and those of another payee, are skipped
            if (byEmployee) badged[i] = r;
            else direct[i] = r.redemption;
        }
        payment.redeemMany(payee, direct, badged);
        for (uint256 i = 0; i < 3; i++) {
            _note(_books[(which >> (8 * i)) % _books.length]);
        }
    }

    function requestClose(uint256 which) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        address caller = which >> 250 == 0 ? vm.addr(THIEF_KEY) : payment.controllerOf(b.customer);
        uint256 pending = _closeAt(b);
        bool may = caller != vm.addr(THIEF_KEY) && !b.closed
            && (pending == 0 || block.timestamp > pending + payment.CLOSE_WINDOW());
        vm.prank(caller);
        try payment.requestCloseFor(b.customer, b.payee, b.index) {
            vm.assertTrue(may, "8: requested by its customer, and not while one counts");
            vm.assertEq(_closeAt(b), block.timestamp + uint256(PERIOD) * 60, "8: a whole period ahead");
        } catch {
            vm.assertFalse(may, "8: the customer may always request");
        }
    }

    function close(uint256 which, uint256 by) external {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        // seldom by the payee, or no channel lives long
        address caller =
            by % 16 == 0 ? b.payee : by % 4 == 1 ? vm.addr(THIEF_KEY) : payment.controllerOf(b.customer);
        uint256 remainder = _deposited(b) - _redeemed(b);
        uint256 closeAt = _closeAt(b);
        bool inWindow =
            closeAt != 0 && block.timestamp >= closeAt && block.timestamp <= closeAt + payment.CLOSE_WINDOW();
        bool may = !b.closed && (caller == b.payee || (caller != vm.addr(THIEF_KEY) && inWindow));
        vm.prank(caller);
        try payment.close(b.customer, b.payee, b.index) {
            vm.assertTrue(may, "8: closed by its payee, or by its customer in the window");
            b.closed = true;
            remainders += remainder;
        } catch {
            vm.assertFalse(may, "8: who may close can");
        }
    }

    function withdraw(uint256 who) external keepsTimers {
        address account = who % 3 == 0
            ? _payees[(who >> 8) % 2]
            : who % 3 == 1 ? vm.addr(_customerKeys[(who >> 8) % 2]) : vm.addr(THIEF_KEY);
        uint256 credit = payment.credited(account);
        vm.prank(payment.controllerOf(account));
        try payment.withdrawFor(account, address(0xD00D)) {
            withdrawn += credit;
            withdrawnBy[account] += credit;
        } catch {
            vm.assertEq(credit, 0, "credit is never locked");
        }
    }

    function changeKeys(uint256 who, uint32 epoch) external keepsTimers {
        address customer = vm.addr(_customerKeys[who % 2]);
        vm.prank(payment.controllerOf(customer));
        if (who % 3 == 0) {
            try payment.setSignerFor(customer, vm.addr(EMPLOYEE_KEY + who % 5)) {} catch {}
        } else {
            try payment.raiseEpochFor(customer, epoch % 8) {} catch {}
        }
    }

    /// @dev The owners move a customer to a new key; a stranger takes that over, sooner or later.
    function move(uint256 who) external keepsTimers {
        address customer = vm.addr(_customerKeys[who % 2]);
        if (who % 5 == 0) {
            _latestKeys[who % 2] = 0xD000 + ++moves;
            IdentityProvider identity = payment.identity();
            vm.startPrank(owner);
            identity.execute(
                identity.propose(Owners.Kind.MOVE_IDENTITY, customer, uint160(vm.addr(_latestKeys[who % 2])))
            );
            vm.stopPrank();
        }
        uint256 counting = payment.displacedKeys(customer).length;
        vm.prank(vm.addr(THIEF_KEY));
        try payment.adoptMove(customer) {
            vm.assertEq(payment.displacedKeys(customer).length, counting + 1, "9: none is forgotten");
            vm.assertEq(payment.signerOf(customer), vm.addr(_latestKeys[who % 2]), "9: the newest key");
            vm.assertFalse(payment.actsFor(customer, customer), "9: the old address has no say");
        } catch {}
    }

    /// @dev A stranger tries what only others may.
    function intrude(uint256 which, uint256 how) external keepsTimers {
        if (_books.length == 0) return;
        Book storage b = _books[which % _books.length];
        bytes memory data = how % 4 == 0
            ? abi.encodeCall(payment.withdrawFor, (b.customer, vm.addr(THIEF_KEY)))
            : how % 4 == 1
                ? abi.encodeCall(payment.setSignerFor, (b.customer, vm.addr(THIEF_KEY)))
                : how % 4 == 2
                    ? abi.encodeCall(payment.raiseEpochFor, (b.customer, type(uint32).max))
                    : abi.encodeCall(payment.open, (b.customer, b.payee, b.index + 100, 0, PERIOD));
        vm.prank(vm.addr(THIEF_KEY));
        (bool done,) = address(payment).call(data);
        vm.assertFalse(done, "10: no role without grant");
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

    /// @dev Signed by the customer, an employee or a thief. What could ever count is noted in the book.
    function _signed(Book storage b, uint96 total, uint256 how)
        private
        returns (PaymentProvider.BadgedRedemption memory r, bool byEmployee)
    {
        if (how % 4 != 3) total = uint96(total % (2 * _deposited(b) + 1));
        r.redemption.customer = b.customer;
        r.redemption.index = b.index;
        r.redemption.sequence = 1;
        r.redemption.total = total;
        uint256 customerKey =
            (how >> 64) % 2 == 0 ? b.customerKey : _latestKeys[b.customerKey == _customerKeys[0] ? 0 : 1];
        uint256 signer = how % 3 == 0 ? customerKey : how % 3 == 1 ? EMPLOYEE_KEY : THIEF_KEY;
        byEmployee = signer == EMPLOYEE_KEY;
        bool mayCount = signer != THIEF_KEY;
        if (byEmployee) {
            r.badge.employee = vm.addr(EMPLOYEE_KEY);
            r.badge.maxTotal = uint96(how >> 128);
            r.badge.epoch = uint32((how >> 16) % 8);
            r.badge.validUntil = type(uint64).max;
            bytes32 hash = CremaTypes.hash(
                CremaTypes.Badge(
                    b.customer, r.badge.employee, 0, r.badge.maxTotal, r.badge.epoch, 0, r.badge.validUntil
                )
            );
            (r.badge.r, r.badge.vs) = vm.signCompact(customerKey, _digest(hash));
            mayCount = total <= r.badge.maxTotal;
        }
        bytes32 channel = CremaTypes.channelId(b.customer, b.payee, b.index);
        bytes32 receipt = CremaTypes.hash(CremaTypes.Receipt(channel, 1, total, 0));
        (r.redemption.r, r.redemption.vs) = vm.signCompact(signer, _digest(receipt));
        if (mayCount && total > b.highestSigned) b.highestSigned = total;
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

    function _closeAt(Book storage b) private view returns (uint256 closeAt) {
        (,, closeAt,) = payment.channels(CremaTypes.channelId(b.customer, b.payee, b.index));
    }

    function _timers() private view returns (bytes32 hash) {
        for (uint256 i = 0; i < _books.length; i++) {
            hash = keccak256(abi.encode(hash, _closeAt(_books[i])));
        }
    }
}
