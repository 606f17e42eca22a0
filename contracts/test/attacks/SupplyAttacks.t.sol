// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Owners} from "../../src/Owners.sol";
import {Rulings} from "../../src/Rulings.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {SupplyTest} from "../support/SupplyTest.sol";

/// @notice Each test is one way to cheat a party to an order, and how it fails.
contract SupplyAttacksTest is SupplyTest {
    function test_Attack_ReplayOfAnArrivalOnAnotherShipment() public {
        _order(employee);
        _ship(4);
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.ARRIVED);
        CremaTypes.Signature memory signature = _sign(a, CARRIER_KEY);
        supply.arrive(carrier, a, signature);
        bytes32 second = _ship(6);
        _expect(_wrongStatus(SupplyOrders.Status.Arrived));
        supply.arrive(carrier, a, signature);
        a.subject = second;
        try supply.arrive(carrier, a, signature) {
            vm.assertTrue(false, "replayed");
        } catch {}
    }

    function test_Attack_ReplayOnAnotherContractAndChain() public {
        _shipped();
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.DELIVERED);
        (bytes32 r, bytes32 vs) = vm.signCompact(MACHINE_KEY, maintenance.attestationDigest(a));
        try supply.attestDelivered(a, CremaTypes.Signature(r, vs)) {
            vm.assertTrue(false, "signed for another contract");
        } catch {}
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        vm.chainId(31_338);
        try supply.attestDelivered(a, signature) {
            vm.assertTrue(false, "replayed on another chain");
        } catch {}
    }

    function test_Attack_SupplierIsItsOwnCarrier() public {
        _decide(Owners.Kind.SET_ROLES, supplier, 16 + 32);
        _shipped();
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.ARRIVED);
        CremaTypes.Signature memory signature = _sign(a, SUPPLIER_KEY);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, supplier, supplier, supplier));
        supply.arrive(supplier, a, signature);
        // nor as the acting key of another oracle
        vm.prank(carrier);
        payment.setSigner(supplier);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, carrier, supplier, supplier));
        supply.arrive(carrier, a, signature);
    }

    /// @dev The buyer names the carrier's oracle as the recipient, so that no arrival is ever attested, and takes its
    /// money back. Who is a recipient can already say more than that it has arrived.
    function test_Attack_BuyerNamesTheCarriersOracleAsRecipient() public {
        _order(carrier);
        _ship(10);
        _arrive(shipment);
        vm.warp(START + 30 days + 1);
        _expect(_wrongStatus(SupplyOrders.Status.Arrived));
        vm.prank(customer);
        supply.reclaim(shipment);
        supply.settle(shipment);
        _assertMoney(0, 10 * PRICE);
    }

    /// @dev The buyer names an oracle of its own as the recipient, for the case that there is a dispute.
    function test_Attack_RecipientRulesForTheBuyer() public {
        _order(oracle);
        _ship(10);
        _arrive(shipment);
        vm.prank(customer);
        supply.dispute(shipment, 0, REASON);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, oracle, oracle, oracle));
        vm.prank(oracle);
        supply.rule(oracle, shipment, CremaTypes.FOR_DEBTOR);
    }

    function test_Attack_CarriersOracleRulesItsOwnDispute() public {
        _disputed(0);
        CremaTypes.Attestation memory a = _attestation(shipment, CremaTypes.FOR_CREDITOR);
        CremaTypes.Signature memory signature = _sign(a, CARRIER_KEY);
        _expect(abi.encodeWithSelector(Attestations.OracleIsAParty.selector, carrier, carrier, carrier));
        supply.ruleBySignature(carrier, a, signature);
    }

    function test_Attack_BuyerConfirmsOneToGetTheRestBack() public {
        _arrivedAt(START);
        _confirm(customer, 1);
        _assertMoney(9 * PRICE, PRICE);
        _expect(_wrongStatus(SupplyOrders.Status.Arrived));
        vm.prank(customer);
        supply.reclaim(shipment);
        _expect(abi.encodeWithSelector(SupplyProvider.NothingToCancel.selector, order));
        vm.prank(customer);
        supply.cancel(order);
        vm.warp(START + INSPECTION + 1);
        supply.settle(shipment);
        _assertMoney(0, 10 * PRICE);
    }

    function test_Attack_BuyerStallsTheInspection() public {
        _arrivedAt(START);
        vm.startPrank(customer);
        supply.endAgreement(agreement);
        supply.withdraw(supply.balanceOf(customer), customer);
        vm.stopPrank();
        vm.prank(owner);
        identity.suspend(customer);
        vm.warp(START + INSPECTION + 1);
        vm.prank(stranger);
        supply.settle(shipment);
        vm.assertEq(supply.balanceOf(supplier), 10 * PRICE, "paid");
    }

    function test_Attack_BuyerConfirmsLateToKeepAPenalty() public {
        _arrivedAt(START + DELIVERY);
        vm.warp(START + DELIVERY + INSPECTION + 100 days);
        _confirm(customer, 10);
        _assertMoney(0, 10 * PRICE);
    }

    function test_Attack_SupplierShipsMoreThanWasOrdered() public {
        _order(employee);
        vm.prank(customer);
        supply.cancel(order);
        _expect(abi.encodeWithSelector(SupplyProvider.QuantityOutOfBounds.selector, 1, 0));
        _ship(1);
    }

    function test_Attack_DisputeWithoutEndOrTwice() public {
        _disputed(3);
        _expect(_wrongStatus(SupplyOrders.Status.Disputed));
        vm.prank(customer);
        supply.dispute(shipment, 0, REASON);
        vm.warp(START + 1 days + 14 days + 1);
        supply.endDispute(shipment);
        _assertMoney(0, 10 * PRICE + BOND);
        _expect(abi.encodeWithSelector(Rulings.NotDisputed.selector, shipment));
        vm.prank(oracle);
        supply.rule(oracle, shipment, CremaTypes.FOR_DEBTOR);
    }

    function test_Attack_AgreementReplayed() public {
        CremaTypes.SupplyAgreement memory terms = _terms(1);
        CremaTypes.Signature memory signature = _sign(terms, SUPPLIER_KEY);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, supplier, 1));
        vm.prank(customer);
        supply.agree(terms, signature);
    }

    /// @dev Another manufacturer's machine must not spend this buyer's money.
    function test_Attack_ForeignMachineOrders() public {
        vm.prank(owner);
        identity.onboard(stranger, 1, 0);
        vm.prank(stranger);
        bytes32 foreign = identity.registerMachine("X", stranger);
        CremaTypes.Attestation memory a = _attestation(order, CremaTypes.LEVEL_LOW);
        a.machine = foreign;
        CremaTypes.Signature memory signature = _sign(a, STRANGER_KEY);
        _expect(abi.encodeWithSelector(SupplyProvider.MachineMayNotOrder.selector, agreement, foreign));
        supply.orderByMachine(agreement, SALT, a, signature);
    }

    /// @dev The relayer cannot raise the quantity: it is in the salt, which is in the id that the machine signed.
    function test_Attack_RelayerRaisesTheQuantity() public {
        _allowMachine();
        CremaTypes.Attestation memory a = _attestation(order, CremaTypes.LEVEL_LOW);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        bytes32 more = bytes32(uint256(SALT) + 5);
        _expect(
            abi.encodeWithSelector(
                Attestations.WrongSubject.selector, order, CremaTypes.orderId(agreement, more)
            )
        );
        supply.orderByMachine(agreement, more, a, signature);
        supply.orderByMachine(agreement, SALT, a, signature);
        _expect(abi.encodeWithSelector(SupplyProvider.MachineOrderOpen.selector, machine, order));
        supply.orderByMachine(agreement, SALT, a, signature);
    }

    /// @dev A manufacturer must not begin a rental by confirming to itself.
    function test_Attack_BuyerFeignsADelivery() public {
        _shipped();
        _attestDelivered(MACHINE_KEY);
        _assertDelivered(false);
    }

    function testFuzz_Attack_TimestampEdges(uint32 delay) public {
        _arrivedAt(START);
        vm.warp(uint256(START) + delay);
        (bool settled,) = address(supply).call(abi.encodeCall(supply.settle, (shipment)));
        vm.assertTrue(settled == (delay > INSPECTION), "settled exactly when the inspection is over");
        vm.prank(customer);
        (bool disputed,) = address(supply).call(abi.encodeCall(supply.dispute, (shipment, 0, REASON)));
        vm.assertTrue(disputed == !settled, "disputed exactly while it is not");
    }
}
