// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Attestations} from "../../src/Attestations.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {MaintenanceProvider} from "../../src/MaintenanceProvider.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Rulings} from "../../src/Rulings.sol";
import {ServiceRequests} from "../../src/ServiceRequests.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

/// @notice Each test is one way to cheat a party to a request for service, and how it fails.
contract ServiceAttacksTest is ServiceTest {
    function _refuseFixed(CremaTypes.Attestation memory a, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(a, key);
        _expect(failure);
        maintenance.attestFixed(a, signature);
    }

    function test_Attack_ReplayOfARepairOnAnotherRequest() public {
        _reportedAt(START + 1 hours);
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FIXED);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        maintenance.attestFixed(a, signature);
        vm.prank(manufacturer);
        bytes32 other = maintenance.requestService(machine, WORK, EVIDENCE);
        vm.startPrank(provider);
        maintenance.accept(other);
        maintenance.reportDone(other, WORK);
        vm.stopPrank();
        _expect(_wrongStatus(ServiceRequests.Status.Paid));
        maintenance.attestFixed(a, signature);
        a.subject = other;
        _expect(
            abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, _recovered(a, signature))
        );
        maintenance.attestFixed(a, signature);
    }

    function _recovered(CremaTypes.Attestation memory a, CremaTypes.Signature memory s)
        private
        view
        returns (address)
    {
        bytes32 low = bytes32(uint256(s.vs) & (type(uint256).max >> 1));
        return ecrecover(maintenance.attestationDigest(a), uint8(uint256(s.vs) >> 255) + 27, s.r, low);
    }

    function test_Attack_ReplayOnAnotherContractAndChain() public {
        MaintenanceProvider other = new MaintenanceProvider(identity, payment);
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FAULT);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        vm.assertTrue(other.attestationDigest(a) != maintenance.attestationDigest(a), "another contract");
        try other.requestByMachine(FAULT, a, signature) {
            vm.assertTrue(false, "replayed on another contract");
        } catch {}
        vm.chainId(31_338);
        try maintenance.requestByMachine(FAULT, a, signature) {
            vm.assertTrue(false, "replayed on another chain");
        } catch {}
        vm.chainId(31_337);
        maintenance.requestByMachine(FAULT, a, signature);
    }

    function test_Attack_ARulingAsAMachinesWordAndBack() public {
        _disputed();
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FIXED);
        CremaTypes.Signature memory signature = _sign(a, ORACLE_KEY);
        _expect(abi.encodeWithSelector(Rulings.NotARuling.selector, CremaTypes.FIXED));
        maintenance.ruleBySignature(oracle, a, signature);
        // in a dispute the machine, which is the manufacturer's, has no say, nor has who got hold of its key
        signature = _sign(a, MACHINE_KEY);
        _expect(_wrongStatus(ServiceRequests.Status.Disputed));
        maintenance.attestFixed(a, signature);
    }

    function test_Attack_ARepairAttestedBeforeTheProviderCame() public {
        _requestService();
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FIXED);
        vm.warp(START + 1 hours);
        _accept();
        _report(provider);
        _refuseFixed(
            a,
            MACHINE_KEY,
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, START, START + 1 hours)
        );
    }

    function test_Attack_ProviderReportsBeforeItAccepts() public {
        _requestService();
        _expect(_wrongStatus(ServiceRequests.Status.Assigned));
        _report(provider);
    }

    function test_Attack_ProviderBackdatesItsReport() public {
        _accepted();
        vm.warp(START + REPAIR + 5 hours);
        _report(provider);
        // no time of the provider's is asked: the block's time binds
        vm.assertEq(maintenance.requests(request).reportedAt, START + REPAIR + 5 hours, "block time");
        _attestFixed();
        _assertPaid(FEE, 5 * PENALTY_PER_HOUR);
    }

    function test_Attack_ManufacturerStallsTheInspection() public {
        _reportedAt(START + REPAIR);
        vm.startPrank(manufacturer);
        maintenance.endAgreement(agreement);
        maintenance.setStanding(manufacturer, 0, 0);
        _expect(_wrongStatus(ServiceRequests.Status.Reported));
        maintenance.cancel(request);
        _expect(_wrongStatus(ServiceRequests.Status.Reported));
        maintenance.escalate(request, 0);
        maintenance.withdraw(maintenance.balanceOf(manufacturer), manufacturer);
        vm.stopPrank();
        vm.prank(owner);
        identity.suspend(manufacturer);
        vm.warp(START + REPAIR + INSPECTION + 1);
        vm.prank(stranger);
        maintenance.settle(request);
        _assertAccount(provider, FUNDS + FEE, 0);
    }

    /// @dev The manufacturer sees that the machine works again, or the report before it is in a block. It saves the bonus
    /// by that, never the fee, and the provider has its stake back.
    function test_Attack_ManufacturerCancelsBeforeTheReport() public {
        _accepted();
        vm.warp(START + 1 hours);
        vm.prank(manufacturer);
        maintenance.cancel(request);
        _expect(_wrongStatus(ServiceRequests.Status.Cancelled));
        _report(provider);
        _assertPaid(FEE, 0);
    }

    function test_Attack_DisputeWithoutEnd() public {
        _disputed();
        vm.prank(manufacturer);
        _expect(_wrongStatus(ServiceRequests.Status.Disputed));
        maintenance.dispute(request, REASON);
        vm.warp(START + 1 hours + RULING + 1);
        vm.prank(stranger);
        maintenance.endDispute(request);
        _assertPaid(FEE + BONUS_CAP + BOND, 0);
        _expect(abi.encodeWithSelector(Rulings.NotDisputed.selector, request));
        maintenance.endDispute(request);
    }

    function test_Attack_ProviderNeverShowsUpAndTheManufacturerIsAway() public {
        _accepted();
        vm.warp(START + 2 * REPAIR + 1);
        vm.prank(stranger);
        maintenance.escalate(request, backupAgreement);
        _assertAccount(provider, FUNDS - PENALTY_CAP, 0);
    }

    function test_Attack_OracleRulesTwice() public {
        _disputed();
        vm.startPrank(oracle);
        maintenance.rule(oracle, request, CremaTypes.FOR_DEBTOR);
        _expect(abi.encodeWithSelector(Rulings.NotDisputed.selector, request));
        maintenance.rule(oracle, request, CremaTypes.FOR_CREDITOR);
    }

    function test_Attack_OracleSaysItAllBeforeTheDispute() public {
        _reportedAt(START + 1 hours);
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FOR_CREDITOR);
        CremaTypes.Signature memory signature = _sign(a, ORACLE_KEY);
        vm.warp(START + 2 hours);
        vm.prank(manufacturer);
        maintenance.dispute(request, REASON);
        _expect(
            abi.encodeWithSelector(Attestations.AttestationTooOld.selector, START + 1 hours, START + 2 hours)
        );
        maintenance.ruleBySignature(oracle, a, signature);
    }

    function test_Attack_StrangerEscalatesToItsOwnAgreement() public {
        vm.startPrank(owner);
        identity.onboard(stranger, 8, 0);
        vm.stopPrank();
        // even one that the manufacturer has agreed to
        bytes32 own = _agree(_terms(stranger, 1), STRANGER_KEY);
        _accepted();
        vm.warp(START + 2 * REPAIR + 1);
        _expect(abi.encodeWithSelector(ServiceRequests.NotTheBackup.selector, own, backupAgreement));
        vm.prank(stranger);
        maintenance.escalate(request, own);
        _expect(abi.encodeWithSelector(ServiceRequests.NotTheBackup.selector, bytes32(0), backupAgreement));
        vm.prank(stranger);
        maintenance.escalate(request, 0);
    }

    function test_Attack_AgreementReplayed() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 1);
        CremaTypes.Signature memory signature = _sign(terms, PROVIDER_KEY);
        vm.prank(provider);
        maintenance.endAgreement(agreement);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, provider, 1));
        vm.prank(manufacturer);
        maintenance.agree(terms, signature);
    }

    /// @dev A stolen machine key with a provider that plays along: a request, accepted, reported and attested as fixed in
    /// one block costs fee and bonus once a day, and nothing once the manufacturer has no standing agreement.
    function test_Attack_MachineKeyFloodsRequests() public {
        _requestByMachine(FAULT);
        _accept();
        _report(provider);
        _attestFixed();
        for (uint256 i = 0; i < 3; i++) {
            bytes32 fault = bytes32(i);
            CremaTypes.Attestation memory a =
                _attestation(CremaTypes.requestId(machine, fault), CremaTypes.FAULT);
            CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
            _expect(
                abi.encodeWithSelector(
                    ServiceRequests.MachineRequestTooSoon.selector, machine, START + 1 days
                )
            );
            maintenance.requestByMachine(fault, a, signature);
        }
        _assertPaid(FEE + BONUS_CAP, 0);
    }

    function test_Attack_StolenMachineKeyAfterItsRotation() public {
        vm.prank(manufacturer);
        identity.rotateMachineKey(machine, employee, 0);
        CremaTypes.Attestation memory a = _attestation(request, CremaTypes.FAULT);
        CremaTypes.Signature memory signature = _sign(a, MACHINE_KEY);
        _expect(abi.encodeWithSelector(Attestations.NotAMachineKey.selector, machine, machineKey));
        maintenance.requestByMachine(FAULT, a, signature);
    }

    function testFuzz_Attack_TimestampEdges(uint32 delay) public {
        _requestService();
        vm.warp(uint256(START) + delay);
        bool inTime = delay <= RESPONSE;
        vm.prank(provider);
        (bool accepted,) = address(maintenance).call(abi.encodeCall(maintenance.accept, (request)));
        vm.assertTrue(accepted == inTime, "accepted exactly while in time");
        (bool escalated,) =
            address(maintenance).call(abi.encodeCall(maintenance.escalate, (request, backupAgreement)));
        vm.assertTrue(escalated == !inTime, "escalated exactly when not");
    }
}
