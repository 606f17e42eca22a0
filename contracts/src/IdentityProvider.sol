// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityKeys} from "./IdentityKeys.sol";
import {Machines} from "./Machines.sol";
import {Owners} from "./Owners.sol";
import {Roles} from "./Roles.sol";

/// @title IdentityProvider
/// @notice Who takes part, in which roles, by which key, and which machine belongs to whom. One owner onboards and
/// suspends; all else the owners decide by vote. Nothing personal is here: of a participant only its address and the
/// hash of what is known of it off-chain.
contract IdentityProvider is Owners, IdentityKeys, Machines {
    /// @notice `roles` is the sum of the role bits; a suspended participant has none until it is reinstated.
    struct Participant {
        uint8 roles;
        bool suspended;
        uint40 since;
    }

    uint8 public constant MANUFACTURER = Roles.MANUFACTURER;
    uint8 public constant CUSTOMER = Roles.CUSTOMER;
    uint8 public constant MACHINE = Roles.MACHINE;
    uint8 public constant SERVICE_PROVIDER = Roles.SERVICE_PROVIDER;
    uint8 public constant SUPPLIER = Roles.SUPPLIER;
    uint8 public constant ORACLE = Roles.ORACLE;
    uint8 public constant ALL_ROLES = 63;

    mapping(address => Participant) private _participants;

    event ParticipantOnboarded(address indexed account, uint8 roles, bytes32 metadata);
    event RolesChanged(address indexed account, uint8 roles);
    event ParticipantSuspended(address indexed account);
    event ParticipantReinstated(address indexed account);
    event MetadataChanged(address indexed account, bytes32 metadata);

    error UnknownRoles(uint256 roles);
    error RoleTakesVote(address account, uint8 role);
    error AlreadyOnboarded(address account);
    error NotOnboarded(address account);
    error AlreadySuspended(address account);
    error IsSuspended(address account);
    error NotSuspended(address account);
    error MissingRole(address account, uint8 role);

    /// @param owners_ the platform's first owners, at least one
    /// @param quorum_ how many owners must approve what is voted on
    constructor(address[] memory owners_, uint8 quorum_) Owners(owners_, quorum_) {}

    /// @notice Takes `account` in with `roles`, or with none yet. `metadata` is the hash of what is known of it off-chain.
    /// Oracles decide disputes about money, so that role takes a vote (SET_ROLES).
    function onboard(address account, uint8 roles, bytes32 metadata) external onlyOwner {
        require(account != address(0), ZeroAccount());
        require(_participants[account].since == 0, AlreadyOnboarded(account));
        if (roles != 0) _requireKnown(roles);
        require(roles & Roles.ORACLE == 0, RoleTakesVote(account, Roles.ORACLE));
        _participants[account] = Participant(roles, false, uint40(block.timestamp));
        emit ParticipantOnboarded(account, roles, metadata);
    }

    /// @notice Takes all roles from `account` until the owners reinstate it by vote. Its money stays its own.
    function suspend(address account) external onlyOwner {
        Participant storage participant = _onboarded(account);
        require(!participant.suspended, AlreadySuspended(account));
        participant.suspended = true;
        emit ParticipantSuspended(account);
    }

    /// @notice Names the hash of what is known of `account` off-chain; by its key.
    function setMetadata(address account, bytes32 metadata) external onlyKeyOf(account) {
        _requireActive(account);
        emit MetadataChanged(account, metadata);
    }

    /// @notice Whether `account` holds all of `roles` now: onboarded, granted, not suspended.
    function hasRole(address account, uint8 roles) public view returns (bool) {
        Participant storage participant = _participants[account];
        return roles != 0 && !participant.suspended && (participant.roles & roles) == roles;
    }

    /// @notice Reverts with MissingRole unless `account` holds all of `roles` now.
    function requireRole(address account, uint8 roles) public view {
        require(hasRole(account, roles), MissingRole(account, roles));
    }

    /// @notice Reverts unless a rental of `machine` can be concluded between these two now: both hold their role, and
    /// the machine is the manufacturer's and in service.
    function requireRentable(address manufacturer, address customer, bytes32 machine) external view {
        requireRole(manufacturer, MANUFACTURER);
        requireRole(customer, CUSTOMER);
        requireMachineOf(machine, manufacturer);
    }

    function participants(address account) external view returns (Participant memory) {
        return _participants[account];
    }

    function _decide(Kind kind, address account, uint256 value) internal override {
        Participant storage participant = _onboarded(account);
        if (kind == Kind.SET_ROLES) {
            participant.roles = uint8(value);
            emit RolesChanged(account, uint8(value));
        } else if (kind == Kind.REINSTATE) {
            require(participant.suspended, NotSuspended(account));
            participant.suspended = false;
            emit ParticipantReinstated(account);
        } else {
            _moveByVote(account, value);
        }
    }

    function _requireDecidable(Kind kind, address account, uint256 value) internal view override {
        if (kind == Kind.SET_ROLES) _requireKnown(value);
        else _requireNewKey(account, value);
    }

    function _requireActive(address account) internal view override {
        require(!_onboarded(account).suspended, IsSuspended(account));
    }

    function _requireManufacturer(address manufacturer) internal view override {
        _requireKeyOf(manufacturer);
        requireRole(manufacturer, MANUFACTURER);
    }

    function _onboarded(address account) private view returns (Participant storage participant) {
        participant = _participants[account];
        require(participant.since != 0, NotOnboarded(account));
    }

    function _requireKnown(uint256 roles) private pure {
        require(roles != 0 && (roles & ~uint256(ALL_ROLES)) == 0, UnknownRoles(roles));
    }
}
