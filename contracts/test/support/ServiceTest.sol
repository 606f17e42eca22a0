// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {CremaTest} from "./CremaTest.sol";

/// @notice A manufacturer with two agreements, one of them standing and the other its backup, and all parties funded.
abstract contract ServiceTest is CremaTest {
    uint96 internal constant FEE = 80e6;
    uint96 internal constant BONUS_PER_HOUR = 2e6;
    uint96 internal constant BONUS_CAP = 10e6;
    uint96 internal constant PENALTY_PER_HOUR = 3e6;
    uint96 internal constant PENALTY_CAP = 30e6;
    uint96 internal constant BOND = 25e6;
    uint96 internal constant FUNDS = 1000e6;
    uint32 internal constant RESPONSE = 4 hours;
    uint32 internal constant REPAIR = 24 hours;
    uint32 internal constant INSPECTION = 48 hours;
    uint64 internal constant RULING = 14 days;
    uint40 internal constant BEGIN = uint40(START);
    bytes32 internal constant FAULT = keccak256("fault");
    bytes32 internal constant EVIDENCE = keccak256("evidence");
    bytes32 internal constant WORK = keccak256("work");
    bytes32 internal constant REASON = keccak256("reason");

    bytes32 internal agreement;
    bytes32 internal backupAgreement;
    bytes32 internal request;

    function setUp() public virtual override {
        super.setUp();
        request = CremaTypes.requestId(machine, FAULT);
        token.mint(address(this), 100 * FUNDS);
        token.approve(address(maintenance), type(uint256).max);
        maintenance.deposit(manufacturer, FUNDS);
        maintenance.deposit(provider, FUNDS);
        maintenance.deposit(backup, FUNDS);
        agreement = _agree(_terms(provider, 1), PROVIDER_KEY);
        backupAgreement = _agree(_terms(backup, 1), BACKUP_KEY);
        vm.startPrank(manufacturer);
        maintenance.setStanding(manufacturer, 0, agreement);
        maintenance.setBackup(agreement, backupAgreement);
        vm.stopPrank();
    }

    function _terms(address by, uint256 nonce) internal view returns (CremaTypes.ServiceAgreement memory) {
        return CremaTypes.ServiceAgreement({
            manufacturer: manufacturer,
            provider: by,
            machine: 0,
            fee: FEE,
            bonusPerHour: BONUS_PER_HOUR,
            bonusCap: BONUS_CAP,
            penaltyPerHour: PENALTY_PER_HOUR,
            penaltyCap: PENALTY_CAP,
            responseTime: RESPONSE,
            repairTime: REPAIR,
            inspectionTime: INSPECTION,
            disputeBond: BOND,
            validUntil: START + 1 days,
            nonce: nonce,
            document: keccak256("document")
        });
    }

    function _sign(CremaTypes.ServiceAgreement memory terms, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, maintenance.agreementDigest(terms));
    }

    function _agree(CremaTypes.ServiceAgreement memory terms, uint256 key) internal returns (bytes32) {
        CremaTypes.Signature memory signature = _sign(terms, key);
        vm.prank(terms.manufacturer);
        return maintenance.agree(terms, signature);
    }

    // --- a request brought to a state

    function _requestService() internal {
        vm.prank(manufacturer);
        maintenance.requestService(machine, FAULT, EVIDENCE);
    }

    function _requestUnassigned() internal {
        vm.prank(manufacturer);
        maintenance.setStanding(manufacturer, 0, 0);
        _requestService();
    }

    function _accept() internal {
        vm.prank(provider);
        maintenance.accept(request);
    }

    function _accepted() internal {
        _requestService();
        _accept();
    }

    function _report(address by) internal {
        vm.prank(by);
        maintenance.reportDone(request, WORK);
    }

    function _reportedAt(uint256 time) internal {
        _accepted();
        vm.warp(time);
        _report(provider);
    }

    function _disputed() internal {
        _reportedAt(START + 1 hours);
        vm.prank(manufacturer);
        maintenance.dispute(request, REASON);
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
        (s.r, s.vs) = vm.signCompact(key, maintenance.attestationDigest(attestation));
    }

    /// @dev The machine's own request, relayed by a stranger.
    function _requestByMachine(bytes32 fault) internal returns (bytes32) {
        CremaTypes.Attestation memory a = _attestation(CremaTypes.requestId(machine, fault), CremaTypes.FAULT);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        vm.prank(stranger);
        return maintenance.requestByMachine(fault, a, signature);
    }

    function _attestFixed() internal {
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FIXED);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        vm.prank(stranger);
        maintenance.attestFixed(a, signature);
    }

    // --- what is expected

    function _assertStatus(ServiceRequests.Status expected) internal view {
        vm.assertEq(uint8(maintenance.requests(request).status), uint8(expected), "status");
    }

    function _assertAccount(address account, uint256 balance, uint256 reserved) internal view {
        vm.assertEq(maintenance.balanceOf(account), balance, "balance");
        vm.assertEq(maintenance.reservedOf(account), reserved, "reserved");
    }

    /// @dev Both parties have everything back but what one paid the other.
    function _assertPaid(uint256 toProvider, uint256 toManufacturer) internal view {
        _assertAccount(manufacturer, FUNDS - toProvider + toManufacturer, 0);
        _assertAccount(provider, FUNDS + toProvider - toManufacturer, 0);
    }

    function _wrongStatus(ServiceRequests.Status status) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ServiceRequests.WrongStatus.selector, request, status);
    }

    function _notAllowed(address caller, address account) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("NotAllowed(address,address)", caller, account);
    }
}
