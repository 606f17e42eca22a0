// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {OfferNonces} from "./OfferNonces.sol";
import {Roles} from "./Roles.sol";

/// @title ServiceAgreements
/// @notice What service providers have promised to manufacturers, and which promise a new request uses. An agreement's
/// id is the digest that the provider signed.
abstract contract ServiceAgreements is OfferNonces {
    /// @notice An agreement as stored; the other terms are in the event ServiceAgreed. `manufacturer` 0 = unknown.
    struct Agreement {
        address manufacturer;
        uint96 fee;
        address provider;
        uint96 penaltyCap;
        uint96 bonusPerHour;
        uint96 bonusCap;
        uint32 responseTime;
        uint32 repairTime;
        uint96 penaltyPerHour;
        uint96 disputeBond;
        uint32 inspectionTime;
        bool ended;
        bytes32 machine;
    }

    /// @notice No time of an agreement is longer, so that no money waits longer.
    uint32 public constant LONGEST_TIME = 90 days;

    mapping(bytes32 => Agreement) private _agreements;
    mapping(bytes32 => bytes32) private _backups;
    mapping(address => mapping(bytes32 => bytes32)) private _standing;

    event ServiceAgreed(
        bytes32 indexed agreement,
        address indexed manufacturer,
        address indexed provider,
        CremaTypes.ServiceAgreement terms
    );
    event ServiceAgreementEnded(bytes32 indexed agreement, address by);
    event StandingAgreementChanged(
        address indexed manufacturer, bytes32 indexed machine, bytes32 indexed agreement
    );
    event BackupAgreementChanged(bytes32 indexed agreement, bytes32 backup);

    error AgreementExpired(uint64 validUntil, uint256 time);
    error AgreementUnknown(bytes32 agreement);
    error AgreementEnded(bytes32 agreement);
    error AgreementOfOther(bytes32 agreement, address manufacturer, address expected);
    error AgreementForOtherMachine(bytes32 agreement, bytes32 machine, bytes32 expected);
    error SelfService(address account);
    error TimesOutOfOrder(uint32 responseTime, uint32 repairTime);
    error TimeTooLong(uint32 time, uint32 longest);
    error FeeTooLarge(uint96 fee, uint96 bonusCap);
    error BackupIsItself(bytes32 agreement);

    /// @notice Concludes an agreement that the provider offers, called by whoever acts for the manufacturer.
    /// @param providerSignature by the provider's acting key
    /// @return id the digest of the agreement
    function agree(
        CremaTypes.ServiceAgreement memory agreement,
        CremaTypes.Signature calldata providerSignature
    ) external returns (bytes32 id) {
        _requireActsFor(agreement.manufacturer);
        require(
            block.timestamp <= agreement.validUntil, AgreementExpired(agreement.validUntil, block.timestamp)
        );
        id = agreementDigest(agreement);
        _requireSignedBy(agreement.provider, id, providerSignature);
        _requireParties(agreement);
        _requireTerms(agreement);
        _useNonce(agreement.provider, agreement.nonce);
        _agreements[id] = Agreement({
            manufacturer: agreement.manufacturer,
            fee: agreement.fee,
            provider: agreement.provider,
            penaltyCap: agreement.penaltyCap,
            bonusPerHour: agreement.bonusPerHour,
            bonusCap: agreement.bonusCap,
            responseTime: agreement.responseTime,
            repairTime: agreement.repairTime,
            penaltyPerHour: agreement.penaltyPerHour,
            disputeBond: agreement.disputeBond,
            inspectionTime: agreement.inspectionTime,
            ended: false,
            machine: agreement.machine
        });
        emit ServiceAgreed(id, agreement.manufacturer, agreement.provider, agreement);
    }

    /// @notice Ends an agreement for new requests, called by whoever acts for either party. Requests that it was
    /// assigned to go on.
    function endAgreement(bytes32 id) external {
        Agreement storage agreement = _agreed(id);
        require(!agreement.ended, AgreementEnded(id));
        address by = agreement.provider;
        if (!_actsFor(by, msg.sender)) {
            by = agreement.manufacturer;
            _requireActsFor(by);
        }
        agreement.ended = true;
        emit ServiceAgreementEnded(id, by);
    }

    /// @notice Says which agreement new requests use, called by whoever acts for the manufacturer.
    /// @param machine 0 = every machine of the manufacturer that has none of its own
    /// @param agreement 0 = none
    function setStanding(address manufacturer, bytes32 machine, bytes32 agreement) external {
        _requireActsFor(manufacturer);
        if (agreement != 0) _requireUsable(agreement, manufacturer, machine);
        _standing[manufacturer][machine] = agreement;
        emit StandingAgreementChanged(manufacturer, machine, agreement);
    }

    /// @notice Says who takes over when the provider of `agreement` fails a request, called by whoever acts for the
    /// manufacturer.
    /// @param backup another agreement of the same manufacturer; 0 = none
    function setBackup(bytes32 agreement, bytes32 backup) external {
        Agreement storage agreed = _agreed(agreement);
        _requireActsFor(agreed.manufacturer);
        require(backup != agreement, BackupIsItself(agreement));
        if (backup != 0) _requireUsable(backup, agreed.manufacturer, agreed.machine);
        _backups[agreement] = backup;
        emit BackupAgreementChanged(agreement, backup);
    }

    /// @notice What a provider signs, and the id of the agreement.
    function agreementDigest(CremaTypes.ServiceAgreement memory agreement) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(agreement));
    }

    function agreements(bytes32 id) external view returns (Agreement memory) {
        return _agreements[id];
    }

    function backupOf(bytes32 agreement) public view returns (bytes32) {
        return _backups[agreement];
    }

    /// @notice The agreement that a new request for `machine` would use: its own, else the one for all; 0 = none.
    function standingFor(address manufacturer, bytes32 machine) public view returns (bytes32 agreement) {
        agreement = _standing[manufacturer][machine];
        if (agreement == 0) agreement = _standing[manufacturer][0];
    }

    function _agreed(bytes32 id) internal view returns (Agreement storage agreement) {
        agreement = _agreements[id];
        require(agreement.manufacturer != address(0), AgreementUnknown(id));
    }

    /// @dev Reverts unless requests of `manufacturer` for `machine` can be assigned to this agreement.
    function _requireUsable(bytes32 id, address manufacturer, bytes32 machine) internal view {
        Agreement storage agreement = _agreed(id);
        require(
            agreement.manufacturer == manufacturer, AgreementOfOther(id, agreement.manufacturer, manufacturer)
        );
        require(!agreement.ended, AgreementEnded(id));
        require(
            agreement.machine == 0 || agreement.machine == machine,
            AgreementForOtherMachine(id, agreement.machine, machine)
        );
    }

    /// @dev As _requireUsable, as a question.
    function _isUsable(bytes32 id, address manufacturer, bytes32 machine) internal view returns (bool) {
        Agreement storage agreement = _agreements[id];
        return agreement.manufacturer == manufacturer && !agreement.ended
            && (agreement.machine == 0 || agreement.machine == machine);
    }

    function _requireParties(CremaTypes.ServiceAgreement memory agreement) private view {
        address manufacturer = agreement.manufacturer;
        require(manufacturer != agreement.provider, SelfService(manufacturer));
        _requireRole(manufacturer, Roles.MANUFACTURER);
        _requireRole(agreement.provider, Roles.SERVICE_PROVIDER);
        if (agreement.machine != 0) identity.requireMachineOf(agreement.machine, manufacturer);
    }

    function _requireTerms(CremaTypes.ServiceAgreement memory agreement) private pure {
        uint32 repairTime = agreement.repairTime;
        require(
            repairTime > 0 && agreement.responseTime <= repairTime,
            TimesOutOfOrder(agreement.responseTime, repairTime)
        );
        require(repairTime <= LONGEST_TIME, TimeTooLong(repairTime, LONGEST_TIME));
        require(agreement.inspectionTime <= LONGEST_TIME, TimeTooLong(agreement.inspectionTime, LONGEST_TIME));
        require(
            agreement.bonusCap <= type(uint96).max - agreement.fee,
            FeeTooLarge(agreement.fee, agreement.bonusCap)
        );
    }
}
