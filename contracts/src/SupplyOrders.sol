// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Deliveries} from "./Deliveries.sol";
import {Rulings} from "./Rulings.sol";
import {SupplyAgreements} from "./SupplyAgreements.sol";

/// @title SupplyOrders
/// @notice Orders and shipments as they are stored, and how what was reserved for them is paid or given back. How they
/// pass from state to state, SupplyProvider says.
abstract contract SupplyOrders is Deliveries, SupplyAgreements, Rulings {
    enum Status {
        None,
        Shipped,
        Arrived,
        Disputed,
        Done
    }

    /// @notice An order. `quantity` is what was ordered less what was cancelled; each unit of it is in the end either
    /// delivered or refunded. `vouched` is what was delivered on more than the buyer's or its machine's word: the
    /// recipient's, or that of a carrier's oracle. `penalty` is what was kept for lateness so far.
    struct Order {
        bytes32 agreement;
        bytes32 machine;
        bytes32 subject;
        address recipient;
        uint40 orderedAt;
        uint32 shipments;
        uint32 quantity;
        uint32 shipped;
        uint32 delivered;
        uint32 vouched;
        uint32 refunded;
        uint96 penalty;
    }

    /// @notice A shipment. `quantity` is what is neither delivered nor refunded yet. `carrier` is the oracle that
    /// attested the arrival; times are in seconds, 0 = not yet.
    struct Shipment {
        bytes32 order;
        uint32 quantity;
        uint40 shippedAt;
        uint40 arrivedAt;
        Status status;
        address carrier;
    }

    mapping(bytes32 => Order) internal _orders;
    mapping(bytes32 => Shipment) internal _shipments;
    /// @dev The newest order that a machine made itself, by agreement and machine.
    mapping(bytes32 => mapping(bytes32 => bytes32)) internal _lastByMachine;

    event SupplyOrdered(
        bytes32 indexed order,
        bytes32 indexed agreement,
        bytes32 indexed machine,
        bytes32 subject,
        uint32 quantity,
        uint96 reserved,
        uint40 deliverBy
    );
    event RecipientNamed(bytes32 indexed order, address indexed recipient);
    event SupplyAttested(bytes32 indexed subject, uint8 verdict, address indexed by, bytes32 evidence);
    event SupplyShipped(bytes32 indexed order, bytes32 indexed shipment, uint32 quantity, bytes32 tracking);
    event SupplyArrived(bytes32 indexed shipment, address indexed oracle, bytes32 evidence);
    event SupplyVouched(bytes32 indexed order, bytes32 indexed shipment, uint32 quantity);
    event SupplyDelivered(
        bytes32 indexed order, bytes32 indexed shipment, uint32 quantity, uint96 paid, uint96 penalty
    );
    event SupplyDisputed(
        bytes32 indexed shipment, uint32 quantity, uint96 bond, uint40 rulingUntil, bytes32 reason
    );
    event SupplyRuled(bytes32 indexed shipment, address indexed oracle, uint8 verdict);
    event SupplyRefunded(bytes32 indexed order, bytes32 indexed shipment, uint96 amount);
    event SupplyCancelled(bytes32 indexed order, uint32 quantity, uint96 released);

    error WrongStatus(bytes32 shipment, Status status);

    /// @notice An order; all zero if there is none.
    function orders(bytes32 order) external view returns (Order memory) {
        return _orders[order];
    }

    /// @notice A shipment; all zero if there is none.
    function shipments(bytes32 shipment) external view returns (Shipment memory) {
        return _shipments[shipment];
    }

    /// @inheritdoc Deliveries
    function deliveredFor(bytes32 order)
        external
        view
        returns (bytes32 subject, address recipient, bool delivered)
    {
        Order storage o = _orders[order];
        (subject, recipient) = (o.subject, o.recipient);
        delivered = o.vouched > 0 && o.vouched + o.refunded == o.quantity;
    }

    /// @dev Pays for `quantity` of a shipment. The penalty of an order is that of its latest delivery: each delivery
    /// bears what was not borne before, as far as its own price goes.
    function _pay(bytes32 shipment, uint32 quantity, bool byRecipient) internal {
        Shipment storage s = _shipments[shipment];
        Order storage o = _orders[s.order];
        Agreement storage a = _agreed(o.agreement);
        uint96 price = a.unitPrice * quantity;
        uint96 penalty = _penalty(o, a, s.arrivedAt == 0 ? block.timestamp : s.arrivedAt);
        if (penalty > price) penalty = price;
        o.penalty += penalty;
        o.delivered += quantity;
        s.quantity -= quantity;
        if (s.quantity == 0) s.status = Status.Done;
        if (byRecipient || s.arrivedAt != 0) {
            o.vouched += quantity;
            emit SupplyVouched(s.order, shipment, quantity);
        }
        _release(a.buyer, a.supplier, price - penalty);
        _release(a.buyer, a.buyer, penalty);
        emit SupplyDelivered(s.order, shipment, quantity, price - penalty, penalty);
    }

    /// @dev Gives the buyer back what was reserved for the rest of a shipment.
    function _refund(bytes32 shipment) internal {
        Shipment storage s = _shipments[shipment];
        Order storage o = _orders[s.order];
        Agreement storage a = _agreed(o.agreement);
        uint96 amount = a.unitPrice * s.quantity;
        o.refunded += s.quantity;
        s.quantity = 0;
        s.status = Status.Done;
        _release(a.buyer, a.buyer, amount);
        emit SupplyRefunded(s.order, shipment, amount);
    }

    /// @dev Whether every unit of an order is delivered, refunded or cancelled.
    function _isDone(Order storage o) internal view returns (bool) {
        return o.delivered + o.refunded == o.quantity;
    }

    /// @inheritdoc Rulings
    function _ruled(bytes32 shipment, address oracle, uint8 verdict) internal override {
        emit SupplyRuled(shipment, oracle, verdict);
        if (verdict == CremaTypes.FOR_CREDITOR) _pay(shipment, _shipments[shipment].quantity, false);
        else _refund(shipment);
    }

    /// @inheritdoc Rulings
    function _requireMayRule(bytes32 shipment, address oracle, address signer) internal view override {
        Shipment storage s = _shipments[shipment];
        _requireNotParty(oracle, signer, s.carrier);
        _requireNotParty(oracle, signer, _orders[s.order].recipient);
    }

    /// @dev What an order's lateness at this time costs beyond what was kept already. Each day begun counts.
    function _penalty(Order storage o, Agreement storage a, uint256 time) private view returns (uint96) {
        uint256 deliverBy = uint256(o.orderedAt) + a.deliveryTime;
        if (time <= deliverBy) return 0;
        uint256 due = a.penaltyPerDay * ((time - deliverBy + 1 days - 1) / 1 days);
        if (due > a.penaltyCap) due = a.penaltyCap;
        return due > o.penalty ? uint96(due - o.penalty) : 0;
    }
}
