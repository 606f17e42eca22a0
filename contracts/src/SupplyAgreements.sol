// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {OfferNonces} from "./OfferNonces.sol";
import {Roles} from "./Roles.sol";

/// @title SupplyAgreements
/// @notice What suppliers have promised to customers and manufacturers. An agreement's id is the digest that the
/// supplier signed.
abstract contract SupplyAgreements is OfferNonces {
    /// @notice An agreement as stored; the other terms are in the event SupplyAgreed. `buyer` 0 = unknown.
    struct Agreement {
        address buyer;
        uint96 unitPrice;
        address supplier;
        uint96 penaltyCap;
        uint96 penaltyPerDay;
        uint96 disputeBond;
        uint32 maxQuantity;
        uint32 deliveryTime;
        uint32 inspectionTime;
        bool ended;
    }

    /// @notice No buyer inspects for longer, so that no money waits longer.
    uint32 public constant LONGEST_INSPECTION = 90 days;

    mapping(bytes32 => Agreement) private _agreements;
    mapping(bytes32 => mapping(bytes32 => bool)) private _machineAllowed;

    event SupplyAgreed(
        bytes32 indexed agreement,
        address indexed buyer,
        address indexed supplier,
        CremaTypes.SupplyAgreement terms
    );
    event SupplyAgreementEnded(bytes32 indexed agreement, address by);
    event OrderingMachineChanged(bytes32 indexed agreement, bytes32 indexed machine, bool allowed);

    error AgreementExpired(uint64 validUntil, uint256 time);
    error AgreementUnknown(bytes32 agreement);
    error AgreementEnded(bytes32 agreement);
    error SelfSupply(address account);
    error NotABuyer(address account);
    error InspectionTooLong(uint32 time, uint32 longest);
    error OrdersTooLarge(uint96 unitPrice, uint32 maxQuantity);

    /// @notice Concludes an agreement that the supplier offers, called by whoever acts for the buyer.
    /// @param supplierSignature by the supplier's acting key
    /// @return id the digest of the agreement
    function agree(
        CremaTypes.SupplyAgreement memory agreement,
        CremaTypes.Signature calldata supplierSignature
    ) external returns (bytes32 id) {
        _requireActsFor(agreement.buyer);
        require(
            block.timestamp <= agreement.validUntil, AgreementExpired(agreement.validUntil, block.timestamp)
        );
        id = agreementDigest(agreement);
        _requireSignedBy(agreement.supplier, id, supplierSignature);
        require(agreement.buyer != agreement.supplier, SelfSupply(agreement.buyer));
        _requireRoles(agreement.buyer, agreement.supplier);
        _requireTerms(agreement);
        _useNonce(agreement.supplier, agreement.nonce);
        _agreements[id] = Agreement({
            buyer: agreement.buyer,
            unitPrice: agreement.unitPrice,
            supplier: agreement.supplier,
            penaltyCap: agreement.penaltyCap,
            penaltyPerDay: agreement.penaltyPerDay,
            disputeBond: agreement.disputeBond,
            maxQuantity: agreement.maxQuantity,
            deliveryTime: agreement.deliveryTime,
            inspectionTime: agreement.inspectionTime,
            ended: false
        });
        emit SupplyAgreed(id, agreement.buyer, agreement.supplier, agreement);
    }

    /// @notice Ends an agreement for new orders, called by whoever acts for either party. Orders go on.
    function endAgreement(bytes32 id) external {
        Agreement storage agreement = _agreed(id);
        require(!agreement.ended, AgreementEnded(id));
        address by = agreement.supplier;
        if (!_actsFor(by, msg.sender)) {
            by = agreement.buyer;
            _requireActsFor(by);
        }
        agreement.ended = true;
        emit SupplyAgreementEnded(id, by);
    }

    /// @notice Lets a machine order by itself under an agreement, or no longer; called by whoever acts for the buyer.
    /// IMPORTANT: whoever holds the machine's key spends the buyer's balance, one order a day at most.
    function setOrderingMachine(bytes32 id, bytes32 machine, bool allowed) external {
        _requireActsFor(_agreed(id).buyer);
        _machineAllowed[id][machine] = allowed;
        emit OrderingMachineChanged(id, machine, allowed);
    }

    /// @notice What a supplier signs, and the id of the agreement.
    function agreementDigest(CremaTypes.SupplyAgreement memory agreement) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(agreement));
    }

    function agreements(bytes32 id) external view returns (Agreement memory) {
        return _agreements[id];
    }

    /// @notice Whether this machine may order by itself under this agreement.
    function mayOrder(bytes32 agreement, bytes32 machine) public view returns (bool) {
        return _machineAllowed[agreement][machine];
    }

    function _agreed(bytes32 id) internal view returns (Agreement storage agreement) {
        agreement = _agreements[id];
        require(agreement.buyer != address(0), AgreementUnknown(id));
    }

    /// @dev Reverts unless a buyer may order from a supplier.
    function _requireRoles(address buyer, address supplier) internal view {
        require(_hasRole(buyer, Roles.CUSTOMER) || _hasRole(buyer, Roles.MANUFACTURER), NotABuyer(buyer));
        _requireRole(supplier, Roles.SUPPLIER);
    }

    function _requireTerms(CremaTypes.SupplyAgreement memory agreement) private pure {
        require(
            agreement.inspectionTime <= LONGEST_INSPECTION,
            InspectionTooLong(agreement.inspectionTime, LONGEST_INSPECTION)
        );
        require(
            uint256(agreement.unitPrice) * agreement.maxQuantity <= type(uint96).max,
            OrdersTooLarge(agreement.unitPrice, agreement.maxQuantity)
        );
    }
}
