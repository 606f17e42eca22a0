// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

/// @notice Rows are read straight from the calldata: somebody sends what no compiler would encode.
contract CalldataAttacks is CremaTest {
    /// @dev Where the first word of a row is, in a call with one row.
    uint256 private constant IN_REDEEM = 1;
    uint256 private constant IN_MANY = 4;
    uint256 private constant IN_MANY_BADGED = 5;

    function setUp() public override {
        super.setUp();
        _open(1, DEPOSIT);
    }

    /// @dev The bits of each word of a badged row; the first seven are those of a row without badge.
    function _widths() private pure returns (uint16[15] memory) {
        return [160, 64, 64, 96, 256, 256, 256, 160, 256, 96, 32, 64, 64, 256, 256];
    }

    function _calls() private view returns (bytes[4] memory calls) {
        PaymentProvider.Redemption[] memory plain = new PaymentProvider.Redemption[](1);
        PaymentProvider.BadgedRedemption[] memory badged = new PaymentProvider.BadgedRedemption[](1);
        plain[0] = _byCustomer(1, 10e6);
        badged[0] = _byEmployee(1, 10e6, _plainBadge());
        calls[0] = abi.encodeCall(payment.redeem, (manufacturer, plain[0]));
        calls[1] = abi.encodeCall(payment.redeemWithBadge, (manufacturer, badged[0]));
        calls[2] = abi.encodeCall(
            payment.redeemMany, (manufacturer, plain, new PaymentProvider.BadgedRedemption[](0))
        );
        calls[3] =
            abi.encodeCall(payment.redeemMany, (manufacturer, new PaymentProvider.Redemption[](0), badged));
    }

    /// @dev One bit more than the type of a word has: nothing is paid, in whichever call and word.
    function test_ShouldPayNothingForAWordBeyondItsType() public {
        uint16[15] memory widths = _widths();
        bytes[4] memory calls = _calls();
        uint256[4] memory first = [IN_REDEEM, IN_REDEEM, IN_MANY, IN_MANY_BADGED];
        for (uint256 i = 0; i < 4; i++) {
            _refuse(_with(calls[i], 0, 160));
            for (uint256 word = 0; word < (i % 2 == 0 ? 7 : 15); word++) {
                if (widths[word] == 256) continue;
                _refuse(_with(calls[i], first[i] + word, widths[word]));
                _refuse(_with(calls[i], first[i] + word, 255));
            }
        }
    }

    function test_ShouldPayNothingForACallThatIsCutOff() public {
        bytes[4] memory calls = _calls();
        for (uint256 i = 0; i < 4; i++) {
            for (uint256 length = 4; length < calls[i].length; length += 7) {
                bytes memory cut = bytes.concat(calls[i]);
                assembly ("memory-safe") {
                    mstore(cut, length)
                }
                _refuse(cut);
            }
        }
    }

    /// @dev Lists that begin or end beyond the call, or count more rows than it has.
    function testFuzz_ShouldPayNothingForAListThatPointsElsewhere(uint256 offset, uint256 list) public {
        bytes memory data = _calls()[2 + list % 2];
        uint256 row = data.length;
        vm.assume(offset != 0x60 && offset != 0x80 && offset != 0x60 + 7 * 32 + 32);
        _put(data, 1 + list % 2, offset);
        (bool done,) = address(payment).call(data);
        vm.assertTrue(!done || offset < row, "beyond the call");
        vm.assertEq(payment.credited(manufacturer), 0, "credited");
    }

    function test_ShouldPayNothingForMoreRowsThanThereAre() public {
        bytes[4] memory calls = _calls();
        uint256[4] memory lengths = [uint256(2), 2 ** 64, 2 ** 251 + 1, type(uint256).max];
        for (uint256 i = 0; i < 4; i++) {
            _put(calls[2], 3, lengths[i]);
            _refuse(calls[2]);
            _put(calls[3], 4, lengths[i]);
            _refuse(calls[3]);
        }
    }

    function test_ShouldPayTheCallsAsTheyWere() public {
        bytes[4] memory calls = _calls();
        for (uint256 i = 0; i < 4; i++) {
            (bool done,) = address(payment).call(calls[i]);
            vm.assertTrue(done, "a good call");
            vm.assertEq(payment.credited(manufacturer), 10e6, "credited once");
        }
    }

    function _refuse(bytes memory data) private {
        (bool done,) = address(payment).call(data);
        vm.assertFalse(done, "refused");
        vm.assertEq(payment.credited(manufacturer), 0, "credited");
    }

    /// @dev A copy of `data` with one bit of a word of its arguments set.
    function _with(bytes memory data, uint256 word, uint256 bit) private pure returns (bytes memory copy) {
        copy = bytes.concat(data);
        assembly ("memory-safe") {
            let at := add(add(copy, 0x24), mul(word, 0x20))
            mstore(at, or(mload(at), shl(bit, 1)))
        }
    }

    function _put(bytes memory data, uint256 word, uint256 value) private pure {
        assembly ("memory-safe") {
            mstore(add(add(data, 0x24), mul(word, 0x20)), value)
        }
    }
}
