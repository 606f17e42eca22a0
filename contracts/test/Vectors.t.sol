// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../src/CremaTypes.sol";
import {MaintenanceProvider} from "../src/MaintenanceProvider.sol";
import {PaymentProvider} from "../src/PaymentProvider.sol";
import {RentalProvider} from "../src/RentalProvider.sol";
import {SupplyProvider} from "../src/SupplyProvider.sol";
import {CremaTest} from "./support/CremaTest.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice The contracts hash as vectors/v1.json says, the file that every implementation reads.
contract VectorsTest is CremaTest {
    string internal json;
    mapping(string => bytes32) internal separators;
    RentalProvider internal rentalOfVectors;
    PaymentProvider internal paymentOfVectors;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("vectors/v1.json");
        vm.chainId(_uint(".domains.payment.chainId"));
        paymentOfVectors = PaymentProvider(_moved(address(payment), "payment"));
        rentalOfVectors = RentalProvider(_moved(address(rental), "rental"));
        MaintenanceProvider other = MaintenanceProvider(_moved(address(maintenance), "maintenance"));
        separators["payment"] = paymentOfVectors.domainSeparator();
        separators["rental"] = rentalOfVectors.domainSeparator();
        separators["maintenance"] = other.domainSeparator();
        address supplies = _moved(address(new SupplyProvider(identity, payment)), "supply");
        separators["supply"] = SupplyProvider(supplies).domainSeparator();
    }

    function test_ShouldAgreeOnDomains() public view {
        string[4] memory names = ["payment", "rental", "maintenance", "supply"];
        for (uint256 i = 0; i < names.length; i++) {
            string memory path = string.concat(".domains.", names[i], ".separator");
            vm.assertEq(separators[names[i]], _bytes32(path), path);
        }
    }

    function test_ShouldAgreeOnReceipt() public view {
        _agree("receipt", CremaTypes.RECEIPT, _receipt);
    }

    function test_ShouldAgreeOnSale() public view {
        _agree("sale", CremaTypes.SALE, _sale);
    }

    function test_ShouldAgreeOnBadge() public view {
        _agree("badge", CremaTypes.BADGE, _badge);
    }

    function test_ShouldAgreeOnPlacement() public view {
        _agree("placement", CremaTypes.PLACEMENT, _placement);
    }

    function test_ShouldAgreeOnTariff() public view {
        _agree("tariff", CremaTypes.TARIFF, _tariff);
    }

    function test_ShouldAgreeOnFailure() public view {
        _agree("failure", CremaTypes.FAILURE, _failure);
    }

    function test_ShouldAgreeOnRevocations() public view {
        _agree("revocations", CremaTypes.REVOCATIONS, _revocations);
    }

    function test_ShouldAgreeOnTerms() public view {
        _agree("terms", CremaTypes.TERMS, _termsHash);
    }

    function test_ShouldAgreeOnOffer() public view {
        _agree("offer", CremaTypes.OFFER, _offerHash);
        for (uint256 i = 0; i < 3; i++) {
            string memory path = string.concat(".offer.", _case(i));
            bytes32 digest = rentalOfVectors.offerDigest(_offerAt(string.concat(path, ".message")));
            vm.assertEq(digest, _bytes32(string.concat(path, ".digest")), path);
        }
    }

    function test_ShouldAgreeOnAcceptance() public view {
        _agree("acceptance", CremaTypes.ACCEPTANCE, _acceptance);
    }

    function test_ShouldAgreeOnAttestation() public view {
        _agree("attestation", CremaTypes.ATTESTATION, _attestation);
    }

    function test_ShouldAgreeOnTelemetryBatch() public view {
        _agree("telemetryBatch", CremaTypes.TELEMETRY_BATCH, _telemetryBatch);
    }

    function test_ShouldAgreeOnServiceAgreement() public view {
        _agree("serviceAgreement", CremaTypes.SERVICE_AGREEMENT, _serviceAgreement);
    }

    function test_ShouldAgreeOnSupplyAgreement() public view {
        _agree("supplyAgreement", CremaTypes.SUPPLY_AGREEMENT, _supplyAgreement);
    }

    function test_ShouldAgreeOnVerdicts() public view {
        _agreeOnVerdict("FAULT", CremaTypes.FAULT);
        _agreeOnVerdict("FIXED", CremaTypes.FIXED);
        _agreeOnVerdict("NOT_FIXED", CremaTypes.NOT_FIXED);
        _agreeOnVerdict("LEVEL_LOW", CremaTypes.LEVEL_LOW);
        _agreeOnVerdict("ARRIVED", CremaTypes.ARRIVED);
        _agreeOnVerdict("DELIVERED", CremaTypes.DELIVERED);
        _agreeOnVerdict("NOT_DELIVERED", CremaTypes.NOT_DELIVERED);
        _agreeOnVerdict("DOWN", CremaTypes.DOWN);
        _agreeOnVerdict("FOR_CREDITOR", CremaTypes.FOR_CREDITOR);
        _agreeOnVerdict("FOR_DEBTOR", CremaTypes.FOR_DEBTOR);
    }

    function test_ShouldRefuseTheseSignatures() public view {
        uint256 count = _count(".refusedSignatures", ".digest");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".refusedSignatures", i);
            (address recovered,,) = ECDSA.tryRecover(
                _bytes32(string.concat(path, ".digest")),
                _bytes32(string.concat(path, ".r")),
                _bytes32(string.concat(path, ".vs"))
            );
            vm.assertEq(recovered, address(0), vm.parseJsonString(json, string.concat(path, ".reason")));
        }
    }

    function test_ShouldAgreeOnChannelIds() public view {
        uint256 count = _count(".channels", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".channels", i);
            bytes32 id = paymentOfVectors.channelId(
                _address(string.concat(path, ".customer")),
                _address(string.concat(path, ".payee")),
                uint64(_uint(string.concat(path, ".index")))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnMachineIds() public view {
        uint256 count = _count(".machines", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".machines", i);
            bytes32 id = identity.machineId(
                _address(string.concat(path, ".manufacturer")),
                vm.parseJsonString(json, string.concat(path, ".serial"))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnRequestIds() public view {
        uint256 count = _count(".requests", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".requests", i);
            bytes32 id = maintenance.requestId(
                _bytes32(string.concat(path, ".machine")), _bytes32(string.concat(path, ".fault"))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnOrderIds() public view {
        uint256 count = _count(".orders", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".orders", i);
            bytes32 id = CremaTypes.orderId(
                _bytes32(string.concat(path, ".agreement")), _bytes32(string.concat(path, ".salt"))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnShipmentIds() public view {
        uint256 count = _count(".shipments", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".shipments", i);
            bytes32 id = CremaTypes.shipmentId(
                _bytes32(string.concat(path, ".order")), uint32(_uint(string.concat(path, ".number")))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnDowntimeIds() public view {
        uint256 count = _count(".downtimes", ".id");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".downtimes", i);
            bytes32 id = CremaTypes.downtimeId(
                _bytes32(string.concat(path, ".rental")),
                uint40(_uint(string.concat(path, ".from"))),
                uint40(_uint(string.concat(path, ".until")))
            );
            vm.assertEq(id, _bytes32(string.concat(path, ".id")), path);
        }
    }

    function test_ShouldAgreeOnHistories() public view {
        bytes32 history = _bytes32(".run.channel");
        uint256 count = _count(".run.sales", ".digest");
        for (uint256 i = 0; i < count; i++) {
            string memory path = _at(".run.sales", i);
            vm.assertEq(history, _bytes32(string.concat(path, ".previousHistory")), path);
            CremaTypes.Sale memory sale = _saleAt(string.concat(path, ".sale"));
            vm.assertEq(CremaTypes.hash(sale), _bytes32(string.concat(path, ".saleHash")), path);
            history = CremaTypes.nextHistory(history, sale);
            vm.assertEq(history, _bytes32(string.concat(path, ".receipt.history")), path);
            bytes32 hash = _receipt(string.concat(path, ".receipt"));
            vm.assertEq(hash, _bytes32(string.concat(path, ".structHash")), path);
            _agreeOnSignature(path, MessageHashUtils.toTypedDataHash(separators["payment"], hash));
        }
    }

    function test_ShouldAgreeOnTariffRoots() public view {
        uint256 tariffs = _count(".tariffs", ".root");
        for (uint256 t = 0; t < tariffs; t++) {
            string memory tariff = _at(".tariffs", t);
            bytes32 root = _bytes32(string.concat(tariff, ".root"));
            string memory list = string.concat(tariff, ".items");
            uint256 items = _count(list, ".leaf");
            for (uint256 i = 0; i < items; i++) {
                string memory item = _at(list, i);
                uint256 price = _uint(string.concat(item, ".price"));
                bytes32 product = _bytes32(string.concat(item, ".product"));
                bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(product, price))));
                vm.assertEq(leaf, _bytes32(string.concat(item, ".leaf")), item);
                bytes32[] memory proof = vm.parseJsonBytes32Array(json, string.concat(item, ".proof"));
                vm.assertTrue(MerkleProof.verify(proof, root, leaf), item);
            }
        }
    }

    /// @dev The type hash, and for each case the struct hash, and where the type is signed digest and signer.
    function _agree(
        string memory name,
        bytes32 typeHash,
        function(string memory) view returns (bytes32) hashAt
    ) private view {
        string memory base = string.concat(".", name);
        vm.assertEq(typeHash, _bytes32(string.concat(base, ".typeHash")), name);
        string memory text = vm.parseJsonString(json, string.concat(base, ".type"));
        vm.assertEq(keccak256(bytes(text)), typeHash, text);
        for (uint256 i = 0; i < 3; i++) {
            string memory path = string.concat(base, ".", _case(i));
            bytes32 hash = hashAt(string.concat(path, ".message"));
            vm.assertEq(hash, _bytes32(string.concat(path, ".structHash")), path);
            if (vm.keyExistsJson(json, string.concat(base, ".domain"))) {
                string memory domain = vm.parseJsonString(json, string.concat(base, ".domain"));
                _agreeOnSignature(path, MessageHashUtils.toTypedDataHash(separators[domain], hash));
            }
        }
    }

    function _agreeOnSignature(string memory path, bytes32 digest) private view {
        vm.assertEq(digest, _bytes32(string.concat(path, ".digest")), path);
        address signer =
            ECDSA.recover(digest, _bytes32(string.concat(path, ".r")), _bytes32(string.concat(path, ".vs")));
        vm.assertEq(signer, _address(string.concat(path, ".signer")), path);
    }

    function _receipt(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Receipt(
                _bytes32(string.concat(p, ".channel")),
                uint64(_uint(string.concat(p, ".sequence"))),
                uint96(_uint(string.concat(p, ".total"))),
                _bytes32(string.concat(p, ".history"))
            )
        );
    }

    function _sale(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(_saleAt(p));
    }

    function _saleAt(string memory p) private view returns (CremaTypes.Sale memory v) {
        v.machine = _bytes32(string.concat(p, ".machine"));
        v.product = _bytes32(string.concat(p, ".product"));
        v.price = uint96(_uint(string.concat(p, ".price")));
        v.credit = uint96(_uint(string.concat(p, ".credit")));
        v.employee = _address(string.concat(p, ".employee"));
        v.tariff = uint32(_uint(string.concat(p, ".tariff")));
        v.time = uint64(_uint(string.concat(p, ".time")));
        v.salt = _bytes32(string.concat(p, ".salt"));
    }

    function _badge(string memory p) private view returns (bytes32) {
        CremaTypes.Badge memory v;
        v.customer = _address(string.concat(p, ".customer"));
        v.employee = _address(string.concat(p, ".employee"));
        v.channel = _bytes32(string.concat(p, ".channel"));
        v.maxTotal = uint96(_uint(string.concat(p, ".maxTotal")));
        v.epoch = uint32(_uint(string.concat(p, ".epoch")));
        v.validFrom = uint64(_uint(string.concat(p, ".validFrom")));
        v.validUntil = uint64(_uint(string.concat(p, ".validUntil")));
        return CremaTypes.hash(v);
    }

    function _placement(string memory p) private view returns (bytes32) {
        CremaTypes.Placement memory v;
        v.channel = _bytes32(string.concat(p, ".channel"));
        v.machine = _bytes32(string.concat(p, ".machine"));
        v.machineKey = _address(string.concat(p, ".machineKey"));
        v.token = _address(string.concat(p, ".token"));
        v.decimals = uint8(_uint(string.concat(p, ".decimals")));
        v.validUntil = uint64(_uint(string.concat(p, ".validUntil")));
        return CremaTypes.hash(v);
    }

    function _tariff(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Tariff(
                _bytes32(string.concat(p, ".machine")),
                uint32(_uint(string.concat(p, ".version"))),
                uint64(_uint(string.concat(p, ".validFrom"))),
                _bytes32(string.concat(p, ".items"))
            )
        );
    }

    function _failure(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Failure(
                _bytes32(string.concat(p, ".channel")),
                uint64(_uint(string.concat(p, ".sequence"))),
                uint96(_uint(string.concat(p, ".amount")))
            )
        );
    }

    function _revocations(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Revocations(
                _address(string.concat(p, ".customer")),
                uint32(_uint(string.concat(p, ".epoch"))),
                uint64(_uint(string.concat(p, ".version"))),
                _bytes32(string.concat(p, ".list"))
            )
        );
    }

    function _termsHash(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(_termsAt(p));
    }

    function _termsAt(string memory p) private view returns (CremaTypes.Terms memory v) {
        v.token = _address(string.concat(p, ".token"));
        v.minDeposit = uint96(_uint(string.concat(p, ".minDeposit")));
        v.challengePeriod = uint32(_uint(string.concat(p, ".challengePeriod")));
        v.minimumTerm = uint64(_uint(string.concat(p, ".minimumTerm")));
        v.notice = uint32(_uint(string.concat(p, ".notice")));
        v.downtimePerHour = uint96(_uint(string.concat(p, ".downtimePerHour")));
        v.downtimeCap = uint96(_uint(string.concat(p, ".downtimeCap")));
        v.bond = uint96(_uint(string.concat(p, ".bond")));
        v.document = _bytes32(string.concat(p, ".document"));
    }

    function _offerHash(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(_offerAt(p));
    }

    function _offerAt(string memory p) private view returns (CremaTypes.Offer memory v) {
        v.manufacturer = _address(string.concat(p, ".manufacturer"));
        v.customer = _address(string.concat(p, ".customer"));
        v.machine = _bytes32(string.concat(p, ".machine"));
        v.terms = _termsAt(string.concat(p, ".terms"));
        v.validUntil = uint64(_uint(string.concat(p, ".validUntil")));
        v.nonce = _uint(string.concat(p, ".nonce"));
    }

    function _acceptance(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Acceptance(
                _bytes32(string.concat(p, ".offer")),
                uint96(_uint(string.concat(p, ".deposit"))),
                uint64(_uint(string.concat(p, ".validUntil")))
            )
        );
    }

    function _attestation(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.Attestation(
                _bytes32(string.concat(p, ".machine")),
                _bytes32(string.concat(p, ".subject")),
                uint8(_uint(string.concat(p, ".verdict"))),
                uint64(_uint(string.concat(p, ".time"))),
                _bytes32(string.concat(p, ".evidence"))
            )
        );
    }

    function _telemetryBatch(string memory p) private view returns (bytes32) {
        return CremaTypes.hash(
            CremaTypes.TelemetryBatch(
                _bytes32(string.concat(p, ".machine")),
                uint64(_uint(string.concat(p, ".sequence"))),
                _bytes32(string.concat(p, ".previous")),
                _bytes32(string.concat(p, ".body"))
            )
        );
    }

    function _serviceAgreement(string memory p) private view returns (bytes32) {
        CremaTypes.ServiceAgreement memory v;
        v.manufacturer = _address(string.concat(p, ".manufacturer"));
        v.provider = _address(string.concat(p, ".provider"));
        v.machine = _bytes32(string.concat(p, ".machine"));
        v.fee = uint96(_uint(string.concat(p, ".fee")));
        v.bonusPerHour = uint96(_uint(string.concat(p, ".bonusPerHour")));
        v.bonusCap = uint96(_uint(string.concat(p, ".bonusCap")));
        v.penaltyPerHour = uint96(_uint(string.concat(p, ".penaltyPerHour")));
        v.penaltyCap = uint96(_uint(string.concat(p, ".penaltyCap")));
        v.responseTime = uint32(_uint(string.concat(p, ".responseTime")));
        v.repairTime = uint32(_uint(string.concat(p, ".repairTime")));
        v.inspectionTime = uint32(_uint(string.concat(p, ".inspectionTime")));
        v.disputeBond = uint96(_uint(string.concat(p, ".disputeBond")));
        v.validUntil = uint64(_uint(string.concat(p, ".validUntil")));
        v.nonce = _uint(string.concat(p, ".nonce"));
        v.document = _bytes32(string.concat(p, ".document"));
        return CremaTypes.hash(v);
    }

    function _supplyAgreement(string memory p) private view returns (bytes32) {
        CremaTypes.SupplyAgreement memory v;
        v.buyer = _address(string.concat(p, ".buyer"));
        v.supplier = _address(string.concat(p, ".supplier"));
        v.goods = _bytes32(string.concat(p, ".goods"));
        v.unitPrice = uint96(_uint(string.concat(p, ".unitPrice")));
        v.maxQuantity = uint32(_uint(string.concat(p, ".maxQuantity")));
        v.deliveryTime = uint32(_uint(string.concat(p, ".deliveryTime")));
        v.penaltyPerDay = uint96(_uint(string.concat(p, ".penaltyPerDay")));
        v.penaltyCap = uint96(_uint(string.concat(p, ".penaltyCap")));
        v.inspectionTime = uint32(_uint(string.concat(p, ".inspectionTime")));
        v.disputeBond = uint96(_uint(string.concat(p, ".disputeBond")));
        v.validUntil = uint64(_uint(string.concat(p, ".validUntil")));
        v.nonce = _uint(string.concat(p, ".nonce"));
        v.document = _bytes32(string.concat(p, ".document"));
        return CremaTypes.hash(v);
    }

    function _agreeOnVerdict(string memory name, uint8 verdict) private view {
        vm.assertEq(uint256(verdict), _uint(string.concat(".verdicts.", name)), name);
    }

    /// @dev The same contract at the address that the vectors name.
    function _moved(address from, string memory domain) private returns (address to) {
        to = _address(string.concat(".domains.", domain, ".verifyingContract"));
        vm.etch(to, from.code);
    }

    /// @dev How many elements the list at `path` has; `member` is one that each of them has. At least one.
    function _count(string memory path, string memory member) private view returns (uint256 count) {
        while (vm.keyExistsJson(json, string.concat(_at(path, count), member))) count++;
        vm.assertGe(count, 1, path);
    }

    function _at(string memory path, uint256 i) private pure returns (string memory) {
        return string.concat(path, "[", vm.toString(i), "]");
    }

    function _case(uint256 i) private pure returns (string memory) {
        return i == 0 ? "least" : i == 1 ? "typical" : "greatest";
    }

    function _uint(string memory path) private view returns (uint256) {
        return vm.parseJsonUint(json, path);
    }

    function _address(string memory path) private view returns (address) {
        return vm.parseJsonAddress(json, path);
    }

    function _bytes32(string memory path) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, path);
    }
}
