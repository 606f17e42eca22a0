// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {CremaTest} from "./CremaTest.sol";

/// @notice A customer with an agreement with a supplier, and money to order with.
abstract contract SupplyTest is CremaTest {
    uint40 internal constant BEGIN = uint40(START);
    uint96 internal constant PRICE = 5e6;
    uint32 internal constant MOST = 20;
    uint32 internal constant DELIVERY = 3 days;
    uint96 internal constant PENALTY_PER_DAY = 4e6;
    uint96 internal constant PENALTY_CAP = 20e6;
    uint32 internal constant INSPECTION = 2 days;
    uint96 internal constant BOND = 15e6;
    uint96 internal constant FUNDS = 1000e6;
    bytes32 internal constant SALT = bytes32(uint256(0xABCDEF0000000A));
    bytes32 internal constant SUBJECT = keccak256("rental");
    bytes32 internal constant TRACKING = keccak256("tracking");
    bytes32 internal constant EVIDENCE = keccak256("evidence");
    bytes32 internal constant REASON = keccak256("reason");

    bytes32 internal agreement;
    bytes32 internal order;
    bytes32 internal shipment;

    function setUp() public virtual override {
        super.setUp();
        token.mint(address(this), 100 * FUNDS);
        token.approve(address(supply), type(uint256).max);
        supply.deposit(customer, FUNDS);
        agreement = _agree(_terms(1), SUPPLIER_KEY);
        order = CremaTypes.orderId(agreement, SALT);
        shipment = CremaTypes.shipmentId(order, 1);
    }

    function _terms(uint256 nonce) internal view returns (CremaTypes.SupplyAgreement memory) {
        return CremaTypes.SupplyAgreement({
            buyer: customer,
            supplier: supplier,
            goods: keccak256("beans"),
            unitPrice: PRICE,
            maxQuantity: MOST,
            deliveryTime: DELIVERY,
            penaltyPerDay: PENALTY_PER_DAY,
            penaltyCap: PENALTY_CAP,
            inspectionTime: INSPECTION,
            disputeBond: BOND,
            validUntil: START + 1 days,
            nonce: nonce,
            document: keccak256("document")
        });
    }

    function _sign(CremaTypes.SupplyAgreement memory terms, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, supply.agreementDigest(terms));
    }

    function _agree(CremaTypes.SupplyAgreement memory terms, uint256 key) internal returns (bytes32) {
        CremaTypes.Signature memory signature = _sign(terms, key);
        vm.prank(terms.buyer);
        return supply.agree(terms, signature);
    }

    // --- an order brought to a state

    /// @dev 10 units for the machine.
    function _order(address recipient) internal {
        vm.prank(customer);
        supply.order(agreement, SALT, 10, machine, SUBJECT, recipient);
    }

    function _ship(uint32 quantity) internal returns (bytes32) {
        vm.prank(supplier);
        return supply.ship(order, quantity, TRACKING);
    }

    function _shipped() internal {
        _order(employee);
        _ship(10);
    }

    function _arrive(bytes32 id) internal {
        CremaTypes.Attestation memory a = _attestation(id, CremaTypes.ARRIVED);
        CremaTypes.Signature memory signature = _sign(a, CARRIER_KEY);
        vm.prank(stranger);
        supply.arrive(carrier, a, signature);
    }

    function _arrivedAt(uint256 time) internal {
        _shipped();
        vm.warp(time);
        _arrive(shipment);
    }

    function _disputed(uint32 accepted) internal {
        _arrivedAt(START + 1 days);
        vm.prank(customer);
        supply.dispute(shipment, accepted, REASON);
    }

    function _confirm(address by, uint32 quantity) internal {
        vm.prank(by);
        supply.confirm(shipment, quantity);
    }

    // --- attestations

    function _attestation(bytes32 subject, uint8 verdict)
        internal
        view
        returns (CremaTypes.Attestation memory)
    {
        return CremaTypes.Attestation(machine, subject, verdict, uint64(block.timestamp), EVIDENCE);
    }

    function _sign(CremaTypes.Attestation memory attestation, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, supply.attestationDigest(attestation));
    }

    function _allowMachine() internal {
        vm.prank(customer);
        supply.setOrderingMachine(agreement, machine, true);
    }

    function _orderByMachine(bytes32 salt) internal returns (bytes32) {
        CremaTypes.Attestation memory a =
            _attestation(CremaTypes.orderId(agreement, salt), CremaTypes.LEVEL_LOW);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        vm.prank(stranger);
        return supply.orderByMachine(agreement, salt, a, signature);
    }

    function _attestDelivered(uint256 key) internal {
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.DELIVERED);
        CremaTypes.Signature memory signature = _sign(a, key);
        vm.prank(stranger);
        supply.attestDelivered(a, signature);
    }

    // --- what is expected

    function _assertStatus(SupplyOrders.Status expected) internal view {
        vm.assertEq(uint8(supply.shipments(shipment).status), uint8(expected), "status");
    }

    /// @dev What the buyer has reserved, and what it has paid the supplier.
    function _assertMoney(uint256 reserved, uint256 paid) internal view {
        vm.assertEq(supply.reservedOf(customer), reserved, "reserved");
        vm.assertEq(supply.balanceOf(supplier), paid, "paid");
        vm.assertEq(supply.balanceOf(customer), FUNDS - reserved - paid, "balance");
    }

    function _assertDelivered(bool expected) internal view {
        (bytes32 subject, address recipient, bool delivered) = supply.deliveredFor(order);
        vm.assertEq(subject, SUBJECT, "subject");
        vm.assertEq(recipient, employee, "recipient");
        vm.assertTrue(delivered == expected, "delivered");
    }

    function _wrongStatus(SupplyOrders.Status status) internal view returns (bytes memory) {
        return abi.encodeWithSelector(SupplyOrders.WrongStatus.selector, shipment, status);
    }

    function _notAllowed(address caller, address account) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("NotAllowed(address,address)", caller, account);
    }
}
