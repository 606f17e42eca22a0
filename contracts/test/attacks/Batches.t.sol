// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {Vm} from "../support/Vm.sol";

/// @notice Forge's word for a contract whose slots were not read yet.
interface Cooling {
    function cool(address target) external;
}

/// @notice Somebody spoils a batch, or is faster with a row of it.
contract BatchAttacks is CremaTest {
    function setUp() public override {
        super.setUp();
        for (uint64 i = 1; i <= 3; i++) {
            _open(i, DEPOSIT);
        }
    }

    function _batch() private view returns (PaymentProvider.Redemption[] memory rs) {
        rs = new PaymentProvider.Redemption[](3);
        for (uint64 i = 0; i < 3; i++) {
            rs[i] = _byCustomer(i + 1, 10e6);
        }
    }

    function _send(PaymentProvider.Redemption[] memory rs) private {
        payment.redeemMany(manufacturer, rs, new PaymentProvider.BadgedRedemption[](0));
    }

    function test_ShouldLoseNothingToAFasterRedemption() public {
        PaymentProvider.Redemption[] memory rs = _batch();
        vm.prank(stranger);
        payment.redeem(manufacturer, rs[1]);
        _send(rs);
        vm.assertEq(payment.credited(manufacturer), 30e6, "each once");
        vm.assertEq(payment.credited(stranger), 0, "whoever submits gains nothing");
    }

    function test_ShouldLoseNothingToAFasterOlderReceipt() public {
        PaymentProvider.Redemption[] memory rs = _batch();
        vm.prank(stranger);
        payment.redeem(manufacturer, _byCustomer(2, 4e6));
        _send(rs);
        vm.assertEq(payment.credited(manufacturer), 30e6, "the rest is paid");
    }

    function test_ShouldSkipAChannelClosedMeanwhile() public {
        PaymentProvider.Redemption[] memory rs = _batch();
        vm.prank(customer);
        payment.requestClose(manufacturer, 2);
        vm.warp(START + uint256(PERIOD) * 60);
        vm.prank(customer);
        payment.close(customer, manufacturer, 2);
        _send(rs);
        vm.assertEq(payment.credited(manufacturer), 20e6, "the others are paid");
    }

    /// @dev Whatever is wrong with some rows, each good one is paid, and each bad one named.
    function testFuzz_ShouldPayEveryGoodRow(uint256 seed) public {
        PaymentProvider.Redemption[] memory rs = _batch();
        uint256 bad = 0;
        for (uint256 i = 0; i < 3; i++) {
            uint256 fault = (seed >> (8 * i)) % 6;
            if (fault == 1) rs[i] = _sign(rs[i], STRANGER_KEY);
            if (fault == 2) rs[i].index = 99;
            if (fault == 3) rs[i].vs = 0;
            if (fault == 4) rs[i].customer = address(0);
            if (fault == 5) rs[i].total += 1;
            if (fault != 0) bad++;
        }
        vm.recordLogs();
        _send(rs);
        vm.assertEq(payment.credited(manufacturer), (3 - bad) * 10e6, "paid");
        vm.assertEq(_skipped(), bad, "named");
    }

    function test_ShouldOnlyHarmWhoeverSendsMalformedRows() public {
        bytes memory data = abi.encodeCall(
            payment.redeemMany, (manufacturer, _batch(), new PaymentProvider.BadgedRedemption[](0))
        );
        // the index of the first row gets a bit beyond its 64
        assembly ("memory-safe") {
            let at := add(data, add(0x24, 0xa0))
            mstore(at, or(mload(at), shl(200, 1)))
        }
        (bool done,) = address(payment).call(data);
        vm.assertFalse(done, "what cannot be decoded is no row");
        _send(_batch());
        vm.assertEq(payment.credited(manufacturer), 30e6, "and stops nobody else");
    }

    /// @dev A customer changes its keys as often as it can, so that a batch runs out of the gas that was enough before.
    function test_ShouldCostABatchLittleWhenKeysChange() public {
        uint256 before = _gasOf(10e6);
        vm.prank(customer);
        payment.setSigner(acting);
        for (uint256 i = 0; i < 3; i++) {
            _decide(Owners.Kind.MOVE_IDENTITY, customer, 0xD000 + i);
            payment.adoptMove(customer);
        }
        vm.assertEq(payment.displacedKeys(customer).length, 4, "all that there can be");
        uint256 later = _gasOf(20e6);
        vm.assertEq(payment.credited(manufacturer), 60e6, "paid");
        // each key costs one slot per batch, not per row
        vm.assertLe(later, before + 4 * 2100 + 3 * 4 * 1000, "gas");
    }

    /// @dev Each call is its own transaction, in which no slot was read before.
    function _gasOf(uint96 total) private returns (uint256 gas) {
        PaymentProvider.Redemption[] memory rs = new PaymentProvider.Redemption[](3);
        for (uint64 i = 0; i < 3; i++) {
            rs[i] = _byCustomer(i + 1, total);
        }
        Cooling(address(vm)).cool(address(payment));
        gas = gasleft();
        _send(rs);
        gas -= gasleft();
    }

    function test_ShouldPayNothingInTheNameOfAnotherPayee() public {
        vm.recordLogs();
        payment.redeemMany(stranger, _batch(), new PaymentProvider.BadgedRedemption[](0));
        vm.assertEq(_skipped(), 3, "no such channels");
        vm.assertEq(payment.credited(stranger), 0, "credited");
    }

    function _skipped() private returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] == PaymentProvider.RedemptionSkipped.selector) count++;
        }
    }
}
