// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {SupplyOrders} from "../../src/SupplyOrders.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {SupplyModel} from "../support/SupplyModel.sol";
import {Vm} from "../support/Vm.sol";

/// @notice Calls a SupplyProvider as its parties, two oracles and a stranger: mostly what is possible next, often what
/// is not. What succeeded it gives to the model, by the events alone.
contract SupplyHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Keys of buyer, supplier, recipient, carrier, oracle, stranger, machine.
    uint256[7] private _keys;
    address[7] private _actors;
    SupplyProvider private immutable supply;
    SupplyModel private immutable model;
    bytes32 private immutable machine;
    bytes32 private immutable agreement;

    /// @notice What a stranger brought about that is not open to anyone.
    uint256 public trespasses;

    constructor(
        SupplyProvider supply_,
        SupplyModel model_,
        bytes32 machine_,
        bytes32 agreement_,
        uint256[7] memory keys
    ) {
        (supply, model, machine, agreement) = (supply_, model_, machine_, agreement_);
        _keys = keys;
        for (uint256 i = 0; i < 7; i++) {
            _actors[i] = vm.addr(keys[i]);
        }
    }

    function pass(uint32 time) external {
        vm.warp(block.timestamp + time % 3 days);
    }

    function order(uint256 seed) external {
        bytes32 salt = bytes32(((seed % 4) << 32) + (seed >> 8) % 22);
        if ((seed >> 16) % 2 == 0) {
            bytes32 id = CremaTypes.orderId(agreement, salt);
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) =
                _attested(id, CremaTypes.LEVEL_LOW, 6);
            _call(5, abi.encodeCall(supply.orderByMachine, (agreement, salt, a, s)));
        } else {
            address recipient = (seed >> 17) % 2 == 0 ? address(0) : _actors[2];
            uint32 quantity = uint32(uint256(salt));
            _call(0, abi.encodeCall(supply.order, (agreement, salt, quantity, machine, 0, recipient)));
        }
    }

    function ship(uint256 seed) external {
        bytes32[] memory ids = model.orderIds();
        if (ids.length == 0) return;
        bytes32 id = ids[seed % ids.length];
        if ((seed >> 32) % 8 == 0) {
            _call((seed >> 40) & 1, abi.encodeCall(supply.cancel, (id)));
        } else {
            uint32 quantity = uint32((seed >> 48) % 8);
            _call(1, abi.encodeCall(supply.ship, (id, quantity, bytes32(seed))));
        }
    }

    function withdraw(uint8 actor, uint96 amount) external {
        uint256 i = actor & 1;
        uint256 balance = supply.balanceOf(_actors[i]);
        _call(i, abi.encodeCall(supply.withdraw, (amount % (balance + 2), _actors[i])));
    }

    function deposit(uint96 amount) external {
        vm.recordLogs();
        supply.deposit(_actors[0], amount % 200e6 + 1);
        model.follow(vm.getRecordedLogs());
    }

    /// @notice What may come next for a shipment, by whose turn it is.
    function proceed(uint256 seed) external {
        bytes32[] memory ids = model.shipmentIds();
        if (ids.length == 0) return;
        bytes32 id = ids[seed % ids.length];
        SupplyOrders.Shipment memory s = supply.shipments(id);
        uint256 choice = (seed >> 32) % 8;
        if (s.status == SupplyOrders.Status.Shipped) _receive(id, choice, s.quantity);
        else if (s.status == SupplyOrders.Status.Arrived) _inspect(id, choice, s.quantity);
        else if (s.status == SupplyOrders.Status.Disputed) _decide(id, choice);
    }

    /// @notice Anything at all, by a stranger: what succeeds must be open to anyone.
    function intrude(uint256 seed) external {
        bytes32[] memory ids = model.shipmentIds();
        if (ids.length == 0) return;
        bytes32 id = ids[seed % ids.length];
        bytes[9] memory calls = [
            abi.encodeCall(supply.confirm, (id, 1)),
            abi.encodeCall(supply.dispute, (id, 0, 0)),
            abi.encodeCall(supply.reclaim, (id)),
            abi.encodeCall(supply.forgo, (id)),
            abi.encodeCall(supply.giveIn, (id)),
            abi.encodeCall(supply.cancel, (supply.shipments(id).order)),
            abi.encodeCall(supply.ship, (supply.shipments(id).order, 1, 0)),
            abi.encodeCall(supply.rule, (_actors[4], id, CremaTypes.FOR_CREDITOR)),
            abi.encodeCall(supply.withdrawFor, (_actors[0], 1, _actors[5]))
        ];
        if (_call(5, calls[(seed >> 32) % 9])) trespasses++;
    }

    function _receive(bytes32 id, uint256 choice, uint32 quantity) private {
        if (choice < 3) {
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) =
                _attested(id, CremaTypes.ARRIVED, 3);
            _call(5, abi.encodeCall(supply.arrive, (_actors[3], a, s)));
        } else if (choice == 3) {
            _call(0, abi.encodeCall(supply.confirm, (id, (quantity + 1) / 2)));
        } else if (choice == 4) {
            _call(2, abi.encodeCall(supply.confirm, (id, quantity)));
        } else if (choice == 5) {
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) =
                _attested(id, CremaTypes.DELIVERED, 6);
            _call(5, abi.encodeCall(supply.attestDelivered, (a, s)));
        } else {
            _call(choice - 6, abi.encodeCall(supply.reclaim, (id)));
        }
    }

    function _inspect(bytes32 id, uint256 choice, uint32 quantity) private {
        if (choice == 0) _call(0, abi.encodeCall(supply.confirm, (id, quantity)));
        else if (choice == 1) _call(1, abi.encodeCall(supply.forgo, (id)));
        else if (choice < 5) _call(0, abi.encodeCall(supply.dispute, (id, quantity / 2, 0)));
        else _call(5, abi.encodeCall(supply.settle, (id)));
    }

    function _decide(bytes32 id, uint256 choice) private {
        uint8 verdict = choice % 2 == 0 ? CremaTypes.FOR_CREDITOR : CremaTypes.FOR_DEBTOR;
        if (choice < 4) {
            (CremaTypes.Attestation memory a, CremaTypes.Signature memory s) = _attested(id, verdict, 4);
            _call(5, abi.encodeCall(supply.ruleBySignature, (_actors[4], a, s)));
        } else if (choice == 4) {
            if (_call(3, abi.encodeCall(supply.rule, (_actors[3], id, verdict)))) trespasses++;
        } else if (choice == 5) {
            _call(0, abi.encodeCall(supply.giveIn, (id)));
        } else {
            _call(5, abi.encodeCall(supply.endDispute, (id)));
        }
    }

    function _attested(bytes32 subject, uint8 verdict, uint256 signer)
        private
        view
        returns (CremaTypes.Attestation memory a, CremaTypes.Signature memory s)
    {
        a = CremaTypes.Attestation(machine, subject, verdict, uint64(block.timestamp), 0);
        (s.r, s.vs) = vm.signCompact(_keys[signer], supply.attestationDigest(a));
    }

    function _call(uint256 actor, bytes memory data) private returns (bool done) {
        vm.recordLogs();
        vm.prank(_actors[actor]);
        (done,) = address(supply).call(data);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        // those of a call that was refused are among them
        if (done) model.follow(logs);
    }
}
