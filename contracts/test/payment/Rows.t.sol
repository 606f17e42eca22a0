// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Rows} from "../../src/Rows.sol";
import {CremaTest} from "../support/CremaTest.sol";
import {Vm} from "../support/Vm.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice Each function of Rows, and what plain Solidity makes of the same calldata.
contract RowsHarness {
    using Rows for PaymentProvider.Redemption;
    using Rows for PaymentProvider.Badge;

    event ChannelRedeemed(
        bytes32 indexed channel, uint64 sequence, uint96 total, bytes32 history, uint96 redeemed
    );

    function readFast(PaymentProvider.Redemption calldata r, address payee)
        external
        pure
        returns (address customer, bytes32 channel, uint256 total)
    {
        (customer, channel) = r.channelOf(payee);
        total = r.totalOf();
    }

    function readPlain(PaymentProvider.Redemption memory r, address payee)
        external
        pure
        returns (address customer, bytes32 channel, uint256 total)
    {
        return (r.customer, CremaTypes.channelId(r.customer, payee, r.index), r.total);
    }

    function badgeFast(PaymentProvider.Badge calldata b)
        external
        pure
        returns (address employee, uint256 epoch, bytes32 channel, uint256 cap, uint256 from, uint256 until)
    {
        (employee, epoch) = b.holderOf();
        (channel, cap, from, until) = b.boundsOf();
    }

    function badgePlain(PaymentProvider.Badge memory b)
        external
        pure
        returns (address employee, uint256 epoch, bytes32 channel, uint256 cap, uint256 from, uint256 until)
    {
        return (b.employee, b.epoch, b.channel, b.maxTotal, b.validFrom, b.validUntil);
    }

    function digests(
        PaymentProvider.Redemption calldata r,
        PaymentProvider.Badge calldata b,
        bytes32 domain,
        bytes32 channel
    ) external pure returns (bytes32 receipt, bytes32 badge) {
        return (r.receiptDigest(domain, channel), b.badgeDigest(domain, r.customer));
    }

    function log(PaymentProvider.Redemption calldata r, bytes32 channel, uint96 redeemed) external {
        r.logRedeemed(channel, redeemed);
        emit ChannelRedeemed(channel, r.sequence, r.total, r.history, redeemed);
    }

    function signerFast(bytes32 digest, bytes32 r, bytes32 vs) external view returns (address) {
        return Rows.signerOf(digest, r, vs);
    }

    function signerPlain(bytes32 digest, bytes32 r, bytes32 vs) external pure returns (address signer) {
        (signer,,) = ECDSA.tryRecover(digest, r, vs);
    }
}

contract RowsTest is CremaTest {
    RowsHarness internal rows;

    function setUp() public override {
        rows = new RowsHarness();
    }

    function testFuzz_ShouldReadARedemptionAsSolidityDoes(
        PaymentProvider.Redemption calldata r,
        address payee
    ) public view {
        _agreeOn(abi.encodeCall(rows.readFast, (r, payee)), abi.encodeCall(rows.readPlain, (r, payee)), true);
    }

    function testFuzz_ShouldReadABadgeAsSolidityDoes(PaymentProvider.Badge calldata b) public view {
        _agreeOn(abi.encodeCall(rows.badgeFast, (b)), abi.encodeCall(rows.badgePlain, (b)), true);
    }

    /// @dev One word is replaced by any bits: both refuse it, or both read the same.
    function testFuzz_ShouldRefuseBitsBeyondTheTypeAsSolidityDoes(
        PaymentProvider.Redemption calldata r,
        PaymentProvider.Badge calldata b,
        uint256 place,
        uint256 bit
    ) public view {
        bytes memory fast = abi.encodeCall(rows.readFast, (r, stranger));
        bytes memory plain = abi.encodeCall(rows.readPlain, (r, stranger));
        _flip(fast, place % 7, bit);
        _flip(plain, place % 7, bit);
        _agreeOn(fast, plain, false);
        fast = abi.encodeCall(rows.badgeFast, (b));
        plain = abi.encodeCall(rows.badgePlain, (b));
        _flip(fast, place % 8, bit);
        _flip(plain, place % 8, bit);
        _agreeOn(fast, plain, false);
    }

    function testFuzz_ShouldHashAsCremaTypesDoes(
        PaymentProvider.Redemption calldata r,
        PaymentProvider.Badge calldata b,
        bytes32 domain,
        bytes32 channel
    ) public view {
        (bytes32 receipt, bytes32 badge) = rows.digests(r, b, domain, channel);
        bytes32 hash = CremaTypes.hash(CremaTypes.Receipt(channel, r.sequence, r.total, r.history));
        vm.assertEq(receipt, MessageHashUtils.toTypedDataHash(domain, hash), "receipt");
        hash = CremaTypes.hash(
            CremaTypes.Badge(
                r.customer, b.employee, b.channel, b.maxTotal, b.epoch, b.validFrom, b.validUntil
            )
        );
        vm.assertEq(badge, MessageHashUtils.toTypedDataHash(domain, hash), "badge");
    }

    function testFuzz_ShouldLogAsSolidityDoes(
        PaymentProvider.Redemption calldata r,
        bytes32 channel,
        uint96 redeemed
    ) public {
        vm.recordLogs();
        rows.log(r, channel, redeemed);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 2, "both");
        vm.assertEq(keccak256(abi.encode(logs[0])), keccak256(abi.encode(logs[1])), "log");
    }

    function testFuzz_ShouldRecoverAsTheLibraryDoes(uint256 key, bytes32 digest, uint256 bit) public view {
        key = _bound(key, 1, 2 ** 255);
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        vm.assertEq(rows.signerFast(digest, r, vs), vm.addr(key), "signer");
        bytes32 other = bytes32(uint256(vs) ^ (1 << (bit % 256)));
        vm.assertEq(rows.signerFast(digest, r, other), rows.signerPlain(digest, r, other), "vs");
        other = bytes32(uint256(r) ^ (1 << (bit % 256)));
        vm.assertEq(rows.signerFast(digest, other, vs), rows.signerPlain(digest, other, vs), "r");
    }

    function testFuzz_ShouldRecoverAnyBytesAsTheLibraryDoes(bytes32 digest, bytes32 r, bytes32 vs)
        public
        view
    {
        vm.assertEq(rows.signerFast(digest, r, vs), rows.signerPlain(digest, r, vs), "any");
    }

    function test_ShouldTakeTheLargestLowSAndNoHigher() public view {
        uint256 half = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
        bytes32 r = bytes32(uint256(0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798));
        vm.assertTrue(rows.signerFast(HISTORY, r, bytes32(half)) != address(0), "low");
        vm.assertEq(rows.signerFast(HISTORY, r, bytes32(half + 1)), address(0), "high");
        vm.assertEq(rows.signerFast(HISTORY, r, bytes32(0)), address(0), "none");
    }

    function _agreeOn(bytes memory fast, bytes memory plain, bool must) private view {
        (bool read, bytes memory a) = address(rows).staticcall(fast);
        (bool expected, bytes memory b) = address(rows).staticcall(plain);
        vm.assertEq(read, expected, "refused");
        vm.assertEq(keccak256(a), keccak256(b), "result");
        vm.assertTrue(read || !must, "read");
    }

    /// @dev Turns one bit of a word of the arguments.
    function _flip(bytes memory data, uint256 word, uint256 bit) private pure {
        assembly ("memory-safe") {
            let at := add(add(data, 0x24), mul(word, 0x20))
            mstore(at, xor(mload(at), shl(and(bit, 0xff), 1)))
        }
    }
}
