// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Vm} from "../support/Vm.sol";
import {ChannelHandler} from "./ChannelHandler.sol";

/// @notice The invariants of README.md beside this file.
contract PaymentInvariants {
    bool public constant IS_TEST = true;
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    CremaTestToken private token;
    PaymentProvider private payment;
    ChannelHandler private handler;

    function setUp() public {
        vm.warp(1_790_000_000);
        token = new CremaTestToken();
        address opener = address(0x09E4);
        address[] memory owners = new address[](1);
        owners[0] = address(0x0123);
        payment = new PaymentProvider(token, new IdentityProvider(owners, 1), opener, 60, 30 days / 1 minutes);
        handler = new ChannelHandler(token, payment, opener, owners[0]);
    }

    /// @dev What forge calls at random.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev All in one, so that each run of calls serves them all.
    function invariant_ShouldHold() public view {
        _holdWhatItOwes();
        _keepEachChannelInItsBounds();
        _creditEachPayeeWithItsOwnChannels();
    }

    function _holdWhatItOwes() private view {
        (uint256 open, uint256 redeemed, uint256 credited) = _sums();
        vm.assertEq(token.balanceOf(address(payment)), open + credited, "1: held");
        vm.assertEq(
            handler.withdrawn() + credited, redeemed + handler.remainders(), "5: nothing from nowhere"
        );
        vm.assertEq(token.balanceOf(address(0xD00D)), handler.withdrawn(), "5: each token leaves once");
    }

    function _keepEachChannelInItsBounds() private view {
        ChannelHandler.Book[] memory books = handler.books();
        for (uint256 i = 0; i < books.length; i++) {
            (uint96 deposited, uint96 redeemed, uint40 closeAt,) = _channel(books[i]);
            vm.assertLe(redeemed, deposited, "2: covered");
            vm.assertLe(redeemed, books[i].highestSigned, "3: signed");
            vm.assertEq(deposited, books[i].deposited, "4: deposited");
            vm.assertEq(redeemed, books[i].redeemed, "4: redeemed");
            vm.assertTrue((closeAt == payment.CLOSED()) == books[i].closed, "4: closed");
        }
    }

    function _creditEachPayeeWithItsOwnChannels() private view {
        ChannelHandler.Book[] memory books = handler.books();
        address[] memory accounts = handler.accounts();
        for (uint256 who = 0; who < 2; who++) {
            uint256 sum = 0;
            for (uint256 i = 0; i < books.length; i++) {
                if (books[i].payee != accounts[who]) continue;
                (, uint96 redeemed,,) = _channel(books[i]);
                sum += redeemed;
            }
            uint256 got = payment.credited(accounts[who]) + handler.withdrawnBy(accounts[who]);
            vm.assertEq(got, sum, "6: what its channels paid");
        }
    }

    /// @dev Every party gets out: each other channel is closed by its customer alone, the rest by their payees.
    function afterInvariant() public {
        ChannelHandler.Book[] memory books = handler.books();
        for (uint256 i = 0; i < books.length; i++) {
            if (books[i].closed) continue;
            if (i % 2 == 0) _closeByCustomer(books[i]);
            else _close(books[i], books[i].payee);
        }
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; i++) {
            if (payment.credited(accounts[i]) == 0) continue;
            vm.prank(payment.controllerOf(accounts[i]));
            payment.withdrawFor(accounts[i], address(0xD00D));
        }
        vm.assertEq(token.balanceOf(address(payment)), 0, "all can be taken out");
    }

    function _closeByCustomer(ChannelHandler.Book memory b) private {
        address key = payment.controllerOf(b.customer);
        (,, uint40 closeAt,) = _channel(b);
        if (closeAt == 0 || block.timestamp > closeAt + payment.CLOSE_WINDOW()) {
            vm.prank(key);
            payment.requestCloseFor(b.customer, b.payee, b.index);
            (,, closeAt,) = _channel(b);
        }
        if (block.timestamp < closeAt) vm.warp(closeAt);
        _close(b, key);
    }

    function _close(ChannelHandler.Book memory b, address by) private {
        vm.prank(by);
        payment.close(b.customer, b.payee, b.index);
    }

    function _sums() private view returns (uint256 open, uint256 redeemed, uint256 credited) {
        ChannelHandler.Book[] memory books = handler.books();
        for (uint256 i = 0; i < books.length; i++) {
            (uint96 d, uint96 r,,) = _channel(books[i]);
            redeemed += r;
            if (!books[i].closed) open += d - r;
        }
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; i++) {
            credited += payment.credited(accounts[i]);
        }
    }

    function _channel(ChannelHandler.Book memory b) private view returns (uint96, uint96, uint40, uint24) {
        return payment.channels(CremaTypes.channelId(b.customer, b.payee, b.index));
    }
}
