// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";

/// @title IdentityProvider
/// @notice Who takes part, in which roles, and which machine belongs to whom.
/// An identity is the address first onboarded and stays so for ever; the key that acts for it may move
/// (see PaymentProvider). One owner onboards and suspends.
contract IdentityProvider {
    /// @notice `roles` is the sum of the role bits; a suspended participant has none until it is reinstated.
    struct Participant {
        uint8 roles;
        bool suspended;
        uint40 since;
    }

    /// @notice A machine's present key, and the one before it, valid until `previousUntil` (exclusive).
    struct Machine {
        address manufacturer;
        address key;
        address previousKey;
        uint40 previousUntil;
    }

    uint8 public constant MANUFACTURER = 1;
    uint8 public constant CUSTOMER = 2;
    uint8 public constant MACHINE = 4;
    uint8 public constant SERVICE_PROVIDER = 8;
    uint8 public constant SUPPLIER = 16;
    uint8 public constant ORACLE = 32;
    uint8 public constant ALL_ROLES = 63;

    /// @notice The longest overlap in which a machine's previous key still counts.
    uint40 public constant MAX_KEY_OVERLAP = 30 days;

    mapping(address => bool) private _owners;
    mapping(address => Participant) private _participants;
    mapping(bytes32 => Machine) private _machines;

    event OwnerAdded(address indexed owner);
    event ParticipantOnboarded(address indexed account, uint8 roles, bytes32 metadata);
    event RolesChanged(address indexed account, uint8 roles);
    event ParticipantSuspended(address indexed account);
    event ParticipantReinstated(address indexed account);
    event MachineRegistered(
        bytes32 indexed machine, address indexed manufacturer, address key, string serial
    );
    event MachineKeyChanged(
        bytes32 indexed machine,
        address indexed manufacturer,
        address key,
        address previous,
        uint40 previousUntil
    );

    error NoOwners();
    error NotOwner(address caller);
    error ZeroAccount();
    error UnknownRoles(uint8 roles);
    error AlreadyOnboarded(address account);
    error NotOnboarded(address account);
    error AlreadySuspended(address account);
    error NotSuspended(address account);
    error MissingRole(address account, uint8 role);
    error EmptySerial();
    error MachineAlreadyRegistered(bytes32 machine);
    error UnknownMachine(bytes32 machine);
    error NotMachineOwner(bytes32 machine, address account);
    error SameKey(bytes32 machine, address key);
    error OverlapTooLong(uint40 overlap, uint40 longest);

    modifier onlyOwner() {
        require(_owners[msg.sender], NotOwner(msg.sender));
        _;
    }

    /// @param owners the platform's owners, at least one
    constructor(address[] memory owners) {
        require(owners.length > 0, NoOwners());
        for (uint256 i = 0; i < owners.length; i++) {
            require(owners[i] != address(0), ZeroAccount());
            _owners[owners[i]] = true;
            emit OwnerAdded(owners[i]);
        }
    }

    /// @notice Takes `account` in with `roles`. `metadata` is the hash of what is known of it off-chain.
    function onboard(address account, uint8 roles, bytes32 metadata) external onlyOwner {
        require(account != address(0), ZeroAccount());
        require(_participants[account].since == 0, AlreadyOnboarded(account));
        _requireKnown(roles);
        _participants[account] = Participant(roles, false, uint40(block.timestamp));
        emit ParticipantOnboarded(account, roles, metadata);
    }

    /// @notice Replaces the roles of `account` as a whole.
    function setRoles(address account, uint8 roles) external onlyOwner {
        Participant storage participant = _onboarded(account);
        _requireKnown(roles);
        participant.roles = roles;
        emit RolesChanged(account, roles);
    }

    /// @notice Takes all roles from `account` until it is reinstated. Its money stays its own.
    function suspend(address account) external onlyOwner {
        Participant storage participant = _onboarded(account);
        require(!participant.suspended, AlreadySuspended(account));
        participant.suspended = true;
        emit ParticipantSuspended(account);
    }

    /// @notice Gives a suspended `account` its roles back.
    function reinstate(address account) external onlyOwner {
        Participant storage participant = _onboarded(account);
        require(participant.suspended, NotSuspended(account));
        participant.suspended = false;
        emit ParticipantReinstated(account);
    }

    /// @notice Registers a machine of the calling manufacturer.
    /// @param serial its serial number, unique for this manufacturer
    /// @param key the address of the key that the machine signs with
    /// @return machine keccak256(abi.encode(manufacturer, serial))
    function registerMachine(string calldata serial, address key) external returns (bytes32 machine) {
        requireRole(msg.sender, MANUFACTURER);
        require(bytes(serial).length > 0, EmptySerial());
        require(key != address(0), ZeroAccount());
        machine = CremaTypes.machineId(msg.sender, serial);
        require(_machines[machine].manufacturer == address(0), MachineAlreadyRegistered(machine));
        _machines[machine] = Machine(msg.sender, key, address(0), 0);
        emit MachineRegistered(machine, msg.sender, key, serial);
    }

    /// @notice Gives a machine a new key.
    /// @param overlap seconds for which the present key still counts beside it; 0 if that key is lost or stolen
    function rotateMachineKey(bytes32 machine, address key, uint40 overlap) external {
        requireMachineOf(machine, msg.sender);
        requireRole(msg.sender, MANUFACTURER);
        require(key != address(0), ZeroAccount());
        require(overlap <= MAX_KEY_OVERLAP, OverlapTooLong(overlap, MAX_KEY_OVERLAP));
        Machine storage record = _machines[machine];
        address previous = record.key;
        require(key != previous, SameKey(machine, key));
        uint40 previousUntil = uint40(block.timestamp) + overlap;
        record.key = key;
        record.previousKey = previous;
        record.previousUntil = previousUntil;
        emit MachineKeyChanged(machine, msg.sender, key, previous, previousUntil);
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

    /// @notice Reverts unless `machine` is registered and belongs to `manufacturer`.
    function requireMachineOf(bytes32 machine, address manufacturer) public view {
        address registered = _machines[machine].manufacturer;
        require(registered != address(0), UnknownMachine(machine));
        require(registered == manufacturer, NotMachineOwner(machine, manufacturer));
    }

    /// @notice Whether `key` signs for `machine` now: its present key, or the previous one within the overlap.
    function isMachineKey(bytes32 machine, address key) external view returns (bool) {
        Machine storage record = _machines[machine];
        if (key == address(0)) return false;
        return key == record.key || (key == record.previousKey && block.timestamp < record.previousUntil);
    }

    function isOwner(address account) external view returns (bool) {
        return _owners[account];
    }

    function participants(address account) external view returns (Participant memory) {
        return _participants[account];
    }

    function machines(bytes32 machine) external view returns (Machine memory) {
        return _machines[machine];
    }

    /// @notice The id of the machine with this serial number of this manufacturer.
    function machineId(address manufacturer, string calldata serial) external pure returns (bytes32) {
        return CremaTypes.machineId(manufacturer, serial);
    }

    function _onboarded(address account) private view returns (Participant storage participant) {
        participant = _participants[account];
        require(participant.since != 0, NotOnboarded(account));
    }

    function _requireKnown(uint8 roles) private pure {
        require(roles != 0 && (roles & ~ALL_ROLES) == 0, UnknownRoles(roles));
    }
}
