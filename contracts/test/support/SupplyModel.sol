// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {SupplyAgreements} from "../../src/SupplyAgreements.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {Vm} from "./Vm.sol";

/// @notice The state of a SupplyProvider, made of its events and the time of their blocks alone.
contract SupplyModel {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    SupplyProvider private immutable supply;

    mapping(address => uint256) private _balances;
    mapping(address => uint256) private _reserved;
    mapping(bytes32 => CremaTypes.SupplyAgreement) private _terms;
    mapping(bytes32 => bool) private _ended;
    mapping(bytes32 => mapping(bytes32 => bool)) private _mayOrder;
    mapping(bytes32 => mapping(bytes32 => bytes32)) private _lastByMachine;
    mapping(bytes32 => bool) private _attested;
    mapping(bytes32 => SupplyOrders.Order) private _orders;
    mapping(bytes32 => SupplyOrders.Shipment) private _shipments;
    mapping(bytes32 => uint96) private _bonds;
    bytes32[] private _agreementIds;
    bytes32[] private _orderIds;
    bytes32[] private _shipmentIds;
    address[] private _accounts;

    constructor(SupplyProvider supply_) {
        supply = supply_;
    }

    function orderIds() external view returns (bytes32[] memory) {
        return _orderIds;
    }

    function shipmentIds() external view returns (bytes32[] memory) {
        return _shipmentIds;
    }

    function accounts() external view returns (address[] memory) {
        return _accounts;
    }

    /// @notice Follows what was emitted in this block.
    function follow(Vm.Log[] memory logs) external {
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter != address(supply)) continue;
            bytes32[] memory t = logs[i].topics;
            if (_money(t, logs[i].data)) continue;
            if (_arrangement(t, logs[i].data)) continue;
            if (_order(t, logs[i].data)) continue;
            if (_shipment(t, logs[i].data)) continue;
            if (_dispute(t, logs[i].data)) continue;
            require(t[0] == OfferNonces.OfferCancelled.selector, "an event that the model does not know");
        }
    }

    /// @notice Compares all of it with the contract.
    function check() external view {
        for (uint256 i = 0; i < _accounts.length; i++) {
            vm.assertEq(supply.balanceOf(_accounts[i]), _balances[_accounts[i]], "balance");
            vm.assertEq(supply.reservedOf(_accounts[i]), _reserved[_accounts[i]], "reserved");
        }
        for (uint256 i = 0; i < _orderIds.length; i++) {
            SupplyOrders.Order memory o = _orders[_orderIds[i]];
            vm.assertEq(keccak256(abi.encode(supply.orders(_orderIds[i]))), keccak256(abi.encode(o)), "order");
            vm.assertEq(
                supply.lastByMachine(o.agreement, o.machine), _lastByMachine[o.agreement][o.machine], "last"
            );
            vm.assertTrue(
                supply.mayOrder(o.agreement, o.machine) == _mayOrder[o.agreement][o.machine], "may order"
            );
        }
        for (uint256 i = 0; i < _shipmentIds.length; i++) {
            bytes32 id = _shipmentIds[i];
            vm.assertEq(
                keccak256(abi.encode(supply.shipments(id))), keccak256(abi.encode(_shipments[id])), "shipment"
            );
            vm.assertEq(supply.disputes(id).bond, _bonds[id], "bond");
        }
        for (uint256 i = 0; i < _agreementIds.length; i++) {
            bytes32 id = _agreementIds[i];
            vm.assertTrue(supply.agreements(id).ended == _ended[id], "ended");
            vm.assertEq(supply.agreements(id).supplier, _terms[id].supplier, "supplier");
            vm.assertTrue(supply.nonceUsed(_terms[id].supplier, _terms[id].nonce), "nonce");
        }
    }

    function _money(bytes32[] memory t, bytes memory data) private returns (bool) {
        address account = address(uint160(uint256(t[1])));
        if (t[0] == Accounts.Deposited.selector) {
            _know(account);
            _balances[account] += abi.decode(data, (uint96));
        } else if (t[0] == Accounts.Withdrawn.selector) {
            _balances[account] -= abi.decode(data, (uint256));
        } else {
            return false;
        }
        return true;
    }

    function _know(address account) private {
        for (uint256 i = 0; i < _accounts.length; i++) {
            if (_accounts[i] == account) return;
        }
        _accounts.push(account);
    }

    function _arrangement(bytes32[] memory t, bytes memory data) private returns (bool) {
        if (t[0] == SupplyAgreements.SupplyAgreed.selector) {
            _agreementIds.push(t[1]);
            _terms[t[1]] = abi.decode(data, (CremaTypes.SupplyAgreement));
            _know(_terms[t[1]].supplier);
            _know(_terms[t[1]].buyer);
        } else if (t[0] == SupplyAgreements.SupplyAgreementEnded.selector) {
            _ended[t[1]] = true;
        } else if (t[0] == SupplyAgreements.OrderingMachineChanged.selector) {
            _mayOrder[t[1]][t[2]] = abi.decode(data, (bool));
        } else {
            return false;
        }
        return true;
    }

    function _order(bytes32[] memory t, bytes memory data) private returns (bool) {
        SupplyOrders.Order storage o = _orders[t[1]];
        CremaTypes.SupplyAgreement storage a = _terms[o.agreement];
        if (t[0] == SupplyOrders.SupplyOrdered.selector) {
            (bytes32 subject, uint32 quantity, uint96 reserved, uint40 deliverBy) =
                abi.decode(data, (bytes32, uint32, uint96, uint40));
            _orderIds.push(t[1]);
            (o.agreement, o.machine, o.subject, o.quantity) = (t[2], t[3], subject, quantity);
            o.orderedAt = deliverBy - _terms[t[2]].deliveryTime;
            _reserve(_terms[t[2]].buyer, reserved);
            if (_attested[t[1]]) _lastByMachine[t[2]][t[3]] = t[1];
        } else if (t[0] == SupplyOrders.SupplyAttested.selector) {
            _attested[t[1]] = true;
        } else if (t[0] == SupplyOrders.RecipientNamed.selector) {
            o.recipient = address(uint160(uint256(t[2])));
        } else if (t[0] == SupplyOrders.SupplyCancelled.selector) {
            (uint32 quantity, uint96 released) = abi.decode(data, (uint32, uint96));
            o.quantity -= quantity;
            _release(a.buyer, a.buyer, released);
        } else if (t[0] == SupplyOrders.SupplyVouched.selector) {
            o.vouched += abi.decode(data, (uint32));
        } else {
            return false;
        }
        return true;
    }

    function _shipment(bytes32[] memory t, bytes memory data) private returns (bool) {
        if (t[0] == SupplyOrders.SupplyArrived.selector) {
            _shipments[t[1]].arrivedAt = uint40(block.timestamp);
            _shipments[t[1]].carrier = address(uint160(uint256(t[2])));
            _shipments[t[1]].status = SupplyOrders.Status.Arrived;
            return true;
        }
        SupplyOrders.Order storage o = _orders[t[1]];
        CremaTypes.SupplyAgreement storage a = _terms[o.agreement];
        SupplyOrders.Shipment storage s = _shipments[t.length > 2 ? t[2] : bytes32(0)];
        if (t[0] == SupplyOrders.SupplyShipped.selector) {
            (uint32 quantity,) = abi.decode(data, (uint32, bytes32));
            _shipmentIds.push(t[2]);
            o.shipments++;
            o.shipped += quantity;
            (s.order, s.quantity, s.shippedAt) = (t[1], quantity, uint40(block.timestamp));
            s.status = SupplyOrders.Status.Shipped;
        } else if (t[0] == SupplyOrders.SupplyDelivered.selector) {
            (uint32 quantity, uint96 paid, uint96 penalty) = abi.decode(data, (uint32, uint96, uint96));
            o.delivered += quantity;
            o.penalty += penalty;
            s.quantity -= quantity;
            if (s.quantity == 0) s.status = SupplyOrders.Status.Done;
            _release(a.buyer, a.supplier, paid);
            _release(a.buyer, a.buyer, penalty);
        } else if (t[0] == SupplyOrders.SupplyRefunded.selector) {
            o.refunded += s.quantity;
            s.quantity = 0;
            s.status = SupplyOrders.Status.Done;
            _release(a.buyer, a.buyer, abi.decode(data, (uint96)));
        } else {
            return false;
        }
        return true;
    }

    function _dispute(bytes32[] memory t, bytes memory data) private returns (bool) {
        CremaTypes.SupplyAgreement storage a = _terms[_orders[_shipments[t[1]].order].agreement];
        if (t[0] == SupplyOrders.SupplyDisputed.selector) {
            (, uint96 bond,,) = abi.decode(data, (uint32, uint96, uint40, bytes32));
            _bonds[t[1]] = bond;
            _shipments[t[1]].status = SupplyOrders.Status.Disputed;
            _reserve(a.buyer, bond);
        } else if (t[0] == SupplyOrders.SupplyRuled.selector) {
            bool creditor = abi.decode(data, (uint8)) == CremaTypes.FOR_CREDITOR;
            _release(a.buyer, creditor ? a.supplier : a.buyer, _bonds[t[1]]);
            _bonds[t[1]] = 0;
        } else {
            return false;
        }
        return true;
    }

    function _reserve(address account, uint256 amount) private {
        _balances[account] -= amount;
        _reserved[account] += amount;
    }

    function _release(address from, address to, uint256 amount) private {
        _reserved[from] -= amount;
        _balances[to] += amount;
    }
}
