// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {Parties} from "./Parties.sol";
import {PaymentProvider} from "./PaymentProvider.sol";
import {SupplyOrders} from "./SupplyOrders.sol";

/// @title SupplyProvider
/// @notice Orders of goods, or of a machine itself, and the money reserved for them.
///
/// An order reserves its price from the buyer. The supplier ships it, in parts if it likes. A shipment is paid as far as
/// the buyer or the recipient confirms it, when the machine it is for attests it, or, after an oracle of the carrier has
/// attested its arrival, by the buyer's silence; or it is Disputed, see Rulings. Late is what arrives late; without an
/// arrival, what is confirmed late.
/// Every state has an exit that one party has alone, or that time opens to anyone: what is not shipped, either party
/// cancels; what has not arrived after LOST_AFTER, the buyer takes back; what has arrived, anyone settles after the
/// inspection time; what is disputed, anyone ends after the time for a ruling. And the supplier may forgo at any time.
contract SupplyProvider is SupplyOrders {
    /// @notice How old a machine's attestation of a low level may be.
    uint40 public constant LEVEL_MAX_AGE = 1 days;
    /// @notice The least time between two orders that one machine makes itself under one agreement.
    uint40 public constant MACHINE_INTERVAL = 1 days;
    /// @notice A shipment without arrival is lost after this time.
    uint40 public constant LOST_AFTER = 30 days;
    /// @notice The most parts that one order is shipped in.
    uint32 public constant MAX_SHIPMENTS = 50;

    error OrderExists(bytes32 order);
    error OrderUnknown(bytes32 order);
    error QuantityOutOfBounds(uint32 quantity, uint32 most);
    error MachineMayNotOrder(bytes32 agreement, bytes32 machine);
    error MachineOrderOpen(bytes32 machine, bytes32 order);
    error MachineOrderTooSoon(bytes32 machine, uint40 possibleFrom);
    error TooManyShipments(bytes32 order, uint32 most);
    error NothingToCancel(bytes32 order);
    error InspectionOver(bytes32 shipment, uint40 inspectUntil);
    error InspectionNotOver(bytes32 shipment, uint40 inspectUntil);
    error NotLostYet(bytes32 shipment, uint40 lostFrom);

    constructor(IdentityProvider identity_, PaymentProvider payment_) Parties(identity_, payment_) {}

    /// @notice Orders under an agreement, called by whoever acts for its buyer.
    /// @param salt makes the order's id, with the agreement's
    /// @param machine whose key may attest the delivery; 0 = none
    /// @param subject the rental whose machine this delivers, or 0
    /// @param recipient who may confirm beside the buyer; 0 = nobody. IMPORTANT: its word alone pays the supplier
    /// @return order keccak256(abi.encode(agreement, salt))
    function order(
        bytes32 agreement,
        bytes32 salt,
        uint32 quantity,
        bytes32 machine,
        bytes32 subject,
        address recipient
    ) external returns (bytes32) {
        _requireActsFor(_agreed(agreement).buyer);
        return _order(agreement, salt, quantity, machine, subject, recipient);
    }

    /// @notice Orders by the Attestation of a machine that the buyer has let order. Anyone relays it. One machine has one
    /// such order open per agreement, and makes one a day at most.
    /// @param salt its last 4 bytes are the quantity, so that the machine has signed it
    /// @param attestation verdict LEVEL_LOW, subject the order's id, signed within the last day
    function orderByMachine(
        bytes32 agreement,
        bytes32 salt,
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) external returns (bytes32 id) {
        bytes32 machine = attestation.machine;
        id = CremaTypes.orderId(agreement, salt);
        require(attestation.subject == id, WrongSubject(attestation.subject, id));
        _requireStates(attestation, CremaTypes.LEVEL_LOW, block.timestamp - LEVEL_MAX_AGE);
        address key = _requireByMachine(attestation, signature);
        require(mayOrder(agreement, machine), MachineMayNotOrder(agreement, machine));
        _requireMachineMayOrder(agreement, machine);
        _lastByMachine[agreement][machine] = id;
        emit SupplyAttested(id, CremaTypes.LEVEL_LOW, key, attestation.evidence);
        _order(agreement, salt, uint32(uint256(salt)), machine, 0, address(0));
    }

    /// @notice Sends a part of an order, called by whoever acts for its supplier.
    /// @param tracking the hash of the carrier's tracking number
    /// @return shipment keccak256(abi.encode(id, number)), numbers counting from 1
    function ship(bytes32 id, uint32 quantity, bytes32 tracking) external returns (bytes32 shipment) {
        (Order storage o, Agreement storage a) = _ordered(id);
        _requireActsFor(a.supplier);
        uint32 unshipped = o.quantity - o.shipped;
        require(quantity > 0 && quantity <= unshipped, QuantityOutOfBounds(quantity, unshipped));
        require(o.shipments < MAX_SHIPMENTS, TooManyShipments(id, MAX_SHIPMENTS));
        shipment = CremaTypes.shipmentId(id, ++o.shipments);
        o.shipped += quantity;
        Shipment storage s = _shipments[shipment];
        s.order = id;
        s.quantity = quantity;
        s.shippedAt = uint40(block.timestamp);
        s.status = Status.Shipped;
        emit SupplyShipped(id, shipment, quantity, tracking);
    }

    /// @notice Records the arrival of a shipment by the Attestation of a carrier's oracle. Anyone relays it; the block's
    /// time is that of the delivery.
    /// @param oracle an account with that role that is neither buyer nor supplier. It may be the recipient: whom the buyer
    /// names must not keep an oracle from its word, and the recipient's word pays even without an arrival.
    /// @param attestation verdict ARRIVED, subject the shipment, signed since it was shipped; its machine is not looked at
    function arrive(
        address oracle,
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) external {
        bytes32 shipment = attestation.subject;
        (Shipment storage s,, Agreement storage a) = _shipped(shipment);
        require(s.status == Status.Shipped, WrongStatus(shipment, s.status));
        _requireStates(attestation, CremaTypes.ARRIVED, s.shippedAt);
        address signer = _requireByOracle(oracle, attestation, signature);
        _requireNotParty(oracle, signer, a.buyer);
        _requireNotParty(oracle, signer, a.supplier);
        s.arrivedAt = uint40(block.timestamp);
        s.status = Status.Arrived;
        s.carrier = oracle;
        emit SupplyArrived(shipment, oracle, attestation.evidence);
    }

    /// @notice Pays for what has come of a shipment, called by whoever acts for the buyer or the recipient. The rest
    /// stays as it was: not arrived, or under inspection.
    function confirm(bytes32 shipment, uint32 quantity) external {
        (Shipment storage s, Order storage o, Agreement storage a) = _shipped(shipment);
        _requireUnderWay(shipment, s);
        bool byRecipient = o.recipient != address(0) && _actsFor(o.recipient, msg.sender);
        if (!byRecipient) _requireActsFor(a.buyer);
        require(quantity > 0 && quantity <= s.quantity, QuantityOutOfBounds(quantity, s.quantity));
        _pay(shipment, quantity, byRecipient);
    }

    /// @notice Pays for the whole of a shipment by the Attestation of the machine that it is for, or of the recipient.
    /// Anyone relays it.
    /// @param attestation verdict DELIVERED, subject the shipment, signed since it was shipped
    function attestDelivered(
        CremaTypes.Attestation memory attestation,
        CremaTypes.Signature calldata signature
    ) external {
        bytes32 shipment = attestation.subject;
        (Shipment storage s, Order storage o,) = _shipped(shipment);
        _requireUnderWay(shipment, s);
        require(attestation.machine == o.machine, WrongMachine(attestation.machine, o.machine));
        _requireStates(attestation, CremaTypes.DELIVERED, s.shippedAt);
        address key = _recover(attestationDigest(attestation), signature);
        bool byRecipient = o.recipient != address(0) && key != address(0) && key == _signerOf(o.recipient);
        if (!byRecipient) _requireMachineKey(o.machine, key);
        emit SupplyAttested(shipment, CremaTypes.DELIVERED, key, attestation.evidence);
        _pay(shipment, s.quantity, byRecipient);
    }

    /// @notice Pays for a shipment that has arrived and was not disputed within its inspection time. Anyone may call it.
    function settle(bytes32 shipment) external {
        (Shipment storage s, uint40 inspectUntil) = _arrived(shipment);
        require(block.timestamp > inspectUntil, InspectionNotOver(shipment, inspectUntil));
        _pay(shipment, s.quantity, false);
    }

    /// @notice Disputes a shipment that is said to have arrived, within the inspection time, called by whoever acts for
    /// the buyer. Reserves the agreement's bond; see Rulings. The carrier's oracle rules no dispute of its own word.
    /// @param accepted what has come and is paid for at once; the dispute is about the rest
    /// @param reason the hash of what is found wrong
    function dispute(bytes32 shipment, uint32 accepted, bytes32 reason) external {
        (Shipment storage s, uint40 inspectUntil) = _arrived(shipment);
        Agreement storage a = _agreed(_orders[s.order].agreement);
        _requireActsFor(a.buyer);
        require(block.timestamp <= inspectUntil, InspectionOver(shipment, inspectUntil));
        require(accepted < s.quantity, QuantityOutOfBounds(accepted, s.quantity - 1));
        if (accepted > 0) _pay(shipment, accepted, false);
        s.status = Status.Disputed;
        uint40 rulingUntil = _openDispute(shipment, a.buyer, a.supplier, a.disputeBond);
        emit SupplyDisputed(shipment, s.quantity, a.disputeBond, rulingUntil, reason);
    }

    /// @notice Takes the money for a shipment back that has not arrived in time, called by whoever acts for the buyer.
    function reclaim(bytes32 shipment) external {
        (Shipment storage s,, Agreement storage a) = _shipped(shipment);
        _requireActsFor(a.buyer);
        require(s.status == Status.Shipped, WrongStatus(shipment, s.status));
        uint40 lostFrom = s.shippedAt + LOST_AFTER;
        require(block.timestamp > lostFrom, NotLostYet(shipment, lostFrom));
        _refund(shipment);
    }

    /// @notice Gives the buyer back what a shipment has left to pay, called by whoever acts for the supplier.
    function forgo(bytes32 shipment) external {
        (Shipment storage s,, Agreement storage a) = _shipped(shipment);
        _requireActsFor(a.supplier);
        _requireUnderWay(shipment, s);
        _refund(shipment);
    }

    /// @notice Cancels what is not shipped of an order, called by whoever acts for either party.
    function cancel(bytes32 id) external {
        (Order storage o, Agreement storage a) = _ordered(id);
        if (!_actsFor(a.supplier, msg.sender)) _requireActsFor(a.buyer);
        uint32 quantity = o.quantity - o.shipped;
        require(quantity > 0, NothingToCancel(id));
        o.quantity = o.shipped;
        uint96 released = a.unitPrice * quantity;
        _release(a.buyer, a.buyer, released);
        emit SupplyCancelled(id, quantity, released);
    }

    /// @notice The newest order that this machine made itself under this agreement; 0 if none.
    function lastByMachine(bytes32 agreement, bytes32 machine) external view returns (bytes32) {
        return _lastByMachine[agreement][machine];
    }

    function _order(
        bytes32 agreement,
        bytes32 salt,
        uint32 quantity,
        bytes32 machine,
        bytes32 subject,
        address recipient
    ) private returns (bytes32 id) {
        Agreement storage a = _agreed(agreement);
        require(!a.ended, AgreementEnded(agreement));
        _requireRoles(a.buyer, a.supplier);
        require(quantity > 0 && quantity <= a.maxQuantity, QuantityOutOfBounds(quantity, a.maxQuantity));
        id = CremaTypes.orderId(agreement, salt);
        Order storage o = _orders[id];
        require(o.orderedAt == 0, OrderExists(id));
        o.agreement = agreement;
        o.machine = machine;
        o.subject = subject;
        o.recipient = recipient;
        o.orderedAt = uint40(block.timestamp);
        o.quantity = quantity;
        uint96 reserved = a.unitPrice * quantity;
        _reserve(a.buyer, reserved);
        emit SupplyOrdered(id, agreement, machine, subject, quantity, reserved, o.orderedAt + a.deliveryTime);
        if (recipient != address(0)) emit RecipientNamed(id, recipient);
    }

    function _requireMachineMayOrder(bytes32 agreement, bytes32 machine) private view {
        bytes32 last = _lastByMachine[agreement][machine];
        if (last == 0) return;
        Order storage o = _orders[last];
        require(_isDone(o), MachineOrderOpen(machine, last));
        uint40 possibleFrom = o.orderedAt + MACHINE_INTERVAL;
        require(block.timestamp >= possibleFrom, MachineOrderTooSoon(machine, possibleFrom));
    }

    function _ordered(bytes32 id) private view returns (Order storage o, Agreement storage a) {
        o = _orders[id];
        require(o.orderedAt != 0, OrderUnknown(id));
        a = _agreed(o.agreement);
    }

    function _shipped(bytes32 shipment)
        private
        view
        returns (Shipment storage s, Order storage o, Agreement storage a)
    {
        s = _shipments[shipment];
        require(s.status != Status.None, WrongStatus(shipment, Status.None));
        o = _orders[s.order];
        a = _agreed(o.agreement);
    }

    function _arrived(bytes32 shipment) private view returns (Shipment storage s, uint40 inspectUntil) {
        s = _shipments[shipment];
        require(s.status == Status.Arrived, WrongStatus(shipment, s.status));
        inspectUntil = s.arrivedAt + _agreed(_orders[s.order].agreement).inspectionTime;
    }

    function _requireUnderWay(bytes32 shipment, Shipment storage s) private view {
        require(s.status == Status.Shipped || s.status == Status.Arrived, WrongStatus(shipment, s.status));
    }
}
