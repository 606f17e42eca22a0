// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ActingKeys} from "../../src/ActingKeys.sol";
import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {Vm} from "../support/Vm.sol";

/// @notice The whole state of PaymentProvider, folded from its events alone.
contract Ledger {
    struct Channel {
        address customer;
        address payee;
        uint96 deposited;
        uint96 redeemed;
        uint40 closeAt;
        uint24 periodMinutes;
    }

    struct Key {
        uint32 epoch;
        uint40 previousUntil;
        address signer;
        uint32 generation;
        address controller;
    }

    mapping(bytes32 => Channel) public channels;
    mapping(address => uint256) public credited;
    mapping(address => Key) public keys;

    function fold(Vm.Log memory log) external {
        bytes32 topic = log.topics[0];
        if (topic == ActingKeys.ActingKeyChanged.selector) return _keyChanged(log);
        if (topic == ActingKeys.MoveAdopted.selector) return _moveAdopted(log);
        if (topic == PaymentProvider.Withdrawn.selector) {
            credited[_account(log.topics[1])] -= abi.decode(log.data, (uint256));
            return;
        }
        Channel storage c = channels[log.topics[1]];
        if (topic == PaymentProvider.ChannelOpened.selector) {
            (c.customer, c.payee) = (_account(log.topics[2]), _account(log.topics[3]));
            (, c.deposited, c.periodMinutes) = abi.decode(log.data, (uint64, uint96, uint24));
        } else if (topic == PaymentProvider.ChannelToppedUp.selector) {
            (, c.deposited) = abi.decode(log.data, (uint96, uint96));
        } else if (topic == PaymentProvider.ChannelRedeemed.selector) {
            (,,, uint96 redeemed) = abi.decode(log.data, (uint64, uint96, bytes32, uint96));
            credited[c.payee] += redeemed - c.redeemed;
            c.redeemed = redeemed;
        } else if (topic == PaymentProvider.ChannelCloseRequested.selector) {
            c.closeAt = abi.decode(log.data, (uint40));
        } else if (topic == PaymentProvider.ChannelClosed.selector) {
            (, uint96 remainder) = abi.decode(log.data, (uint96, uint96));
            credited[c.customer] += remainder;
            c.closeAt = type(uint40).max;
        }
    }

    function _keyChanged(Vm.Log memory log) private {
        Key storage key = keys[_account(log.topics[1])];
        (key.epoch, key.signer, key.previousUntil) = abi.decode(log.data, (uint32, address, uint40));
    }

    function _moveAdopted(Vm.Log memory log) private {
        Key storage key = keys[_account(log.topics[1])];
        key.controller = _account(log.topics[2]);
        key.generation = abi.decode(log.data, (uint32));
    }

    function _account(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}

contract RebuildTest is CremaTest {
    Ledger internal ledger;

    function testFuzz_ShouldRebuildTheStateFromTheEventsAlone(uint256[24] calldata seeds) public {
        ledger = new Ledger();
        vm.recordLogs();
        for (uint64 i = 1; i <= 3; i++) {
            _open(i, DEPOSIT);
        }
        for (uint256 i = 0; i < seeds.length; i++) {
            _step(seeds[i], uint64(1 + (seeds[i] >> 8) % 3), uint96((seeds[i] >> 16) % (2 * DEPOSIT)));
        }
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(payment)) ledger.fold(logs[i]);
        }
        _compare();
    }

    function _step(uint256 seed, uint64 index, uint96 amount) private {
        uint256 kind = seed % 10;
        vm.warp(block.timestamp + (seed >> 128) % 4 days);
        if (kind == 0) return payment.redeem(manufacturer, _byCustomerNow(index, amount));
        if (kind == 1) return _many(index, amount);
        if (kind == 2) {
            if (payment.actingKeys(customer).generation == 0) {
                _decide(Owners.Kind.MOVE_IDENTITY, customer, uint160(acting));
                payment.adoptMove(customer);
            }
            return;
        }
        bool byPayee = kind == 3 || kind == 4;
        address key = byPayee ? manufacturer : payment.controllerOf(customer);
        bytes memory data;
        if (kind == 3) data = abi.encodeCall(payment.withdraw, (manufacturer));
        if (kind == 4 && seed >> 250 == 0) {
            data = abi.encodeCall(payment.close, (customer, manufacturer, index));
        }
        if (kind == 5) data = abi.encodeCall(payment.requestCloseFor, (customer, manufacturer, index));
        if (kind == 6) data = abi.encodeCall(payment.close, (customer, manufacturer, index));
        if (kind == 7) data = abi.encodeCall(payment.withdrawFor, (customer, key));
        if (kind == 8) data = abi.encodeCall(payment.raiseEpochFor, (customer, uint32(amount)));
        if (kind == 9) {
            key = customer;
            data = abi.encodeCall(payment.topUp, (customer, manufacturer, index, amount));
        }
        vm.prank(key);
        // what is refused leaves no trace
        (bool done,) = address(payment).call(data);
        done;
    }

    function _byCustomerNow(uint64 index, uint96 total)
        private
        view
        returns (PaymentProvider.Redemption memory)
    {
        uint256 key = payment.signerOf(customer) == acting ? ACTING_KEY : CUSTOMER_KEY;
        // a total that is paid already is a no-op, also on a closed channel
        if (_stored(_id(index)).closeAt == payment.CLOSED()) total = 0;
        return _sign(_unsigned(index, 1, total), key);
    }

    function _many(uint64 index, uint96 total) private {
        PaymentProvider.Redemption[] memory direct = new PaymentProvider.Redemption[](2);
        PaymentProvider.BadgedRedemption[] memory badged = new PaymentProvider.BadgedRedemption[](1);
        direct[0] = _byCustomerNow(index, total);
        direct[1] = _sign(_unsigned(index % 3 + 1, 1, total), STRANGER_KEY);
        badged[0] = _byEmployee(index % 3 + 1, total / 2, _plainBadge());
        payment.redeemMany(manufacturer, direct, badged);
    }

    function _compare() private view {
        for (uint64 i = 1; i <= 3; i++) {
            Channel memory c = _stored(_id(i));
            (,, uint96 deposited, uint96 redeemed, uint40 closeAt, uint24 period) = ledger.channels(_id(i));
            vm.assertEq(deposited, c.deposited, "deposited");
            vm.assertEq(redeemed, c.redeemed, "redeemed");
            vm.assertEq(closeAt, c.closeAt, "closeAt");
            vm.assertEq(period, c.periodMinutes, "period");
        }
        vm.assertEq(ledger.credited(customer), payment.credited(customer), "customer's credit");
        vm.assertEq(ledger.credited(manufacturer), payment.credited(manufacturer), "payee's credit");
        ActingKeys.ActingKey memory key = payment.actingKeys(customer);
        (uint32 epoch, uint40 until, address signer, uint32 generation, address controller) =
            ledger.keys(customer);
        vm.assertEq(epoch, key.epoch, "epoch");
        vm.assertEq(until, key.previousUntil, "previousUntil");
        vm.assertEq(signer, key.signer, "signer");
        vm.assertEq(generation, key.generation, "generation");
        address expected = controller == address(0) ? customer : controller;
        vm.assertEq(expected, payment.controllerOf(customer), "controller");
    }
}
