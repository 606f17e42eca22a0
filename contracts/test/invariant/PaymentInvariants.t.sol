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
        owners[0] = address(this);
        payment = new PaymentProvider(token, new IdentityProvider(owners, 1), opener, 60, 30 days / 1 minutes);
        handler = new ChannelHandler(token, payment, opener);
    }

    /// @dev What forge calls at random.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_ShouldHoldWhatItOwes() public view {
        (uint256 open, uint256 redeemed, uint256 credited) = _sums();
        vm.assertEq(token.balanceOf(address(payment)), open + credited, "1: held");
        vm.assertEq(
            handler.withdrawn() + credited, redeemed + handler.remainders(), "5: nothing from nowhere"
        );
    }

    function invariant_ShouldKeepEachChannelInItsBounds() public view {
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

    function afterInvariant() public {
        ChannelHandler.Book[] memory books = handler.books();
        for (uint256 i = 0; i < books.length; i++) {
            if (books[i].closed) continue;
            vm.prank(books[i].payee);
            payment.close(books[i].customer, books[i].payee, books[i].index);
        }
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; i++) {
            if (payment.credited(accounts[i]) == 0) continue;
            vm.prank(accounts[i]);
            payment.withdraw(address(0xD00D));
        }
        vm.assertEq(token.balanceOf(address(payment)), 0, "all can be taken out");
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
