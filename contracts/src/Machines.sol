// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";

/// @title Machines
/// @notice Which machine belongs to which manufacturer, and which keys sign for it. A machine is registered, given new
/// keys and retired by its manufacturer's identity key, while the manufacturer holds its role. What a machine has
/// signed counts on while its manufacturer is suspended: the coffee has been drunk.
abstract contract Machines {
    /// @notice A machine's present key, and the one before it, valid until `previousUntil` (exclusive).
    struct Machine {
        address manufacturer;
        bool retired;
        address key;
        address previousKey;
        uint40 previousUntil;
    }

    /// @notice The longest overlap in which a machine's previous key still counts.
    uint40 public constant MAX_KEY_OVERLAP = 30 days;
    uint256 public constant MAX_SERIAL_BYTES = 64;

    mapping(bytes32 => Machine) private _machines;

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
    event MachineRetired(bytes32 indexed machine, address indexed manufacturer);

    error SerialLengthInvalid(uint256 length, uint256 most);
    error ZeroMachineKey(bytes32 machine);
    error MachineAlreadyRegistered(bytes32 machine);
    error UnknownMachine(bytes32 machine);
    error MachineIsRetired(bytes32 machine);
    error NotMachineOwner(bytes32 machine, address account);
    error SameKey(bytes32 machine, address key);
    error OverlapTooLong(uint40 overlap, uint40 longest);

    /// @notice Registers a machine of the calling manufacturer.
    /// @param serial its serial number, unique for this manufacturer, 1 to 64 bytes
    /// @param key the address of the key that the machine signs with
    /// @return machine keccak256(abi.encode(manufacturer, serial))
    function registerMachine(string calldata serial, address key) external returns (bytes32 machine) {
        return _register(msg.sender, serial, key);
    }

    /// @notice As registerMachine, for a manufacturer whose key is another address than its own.
    function registerMachineFor(address manufacturer, string calldata serial, address key)
        external
        returns (bytes32 machine)
    {
        return _register(manufacturer, serial, key);
    }

    /// @notice Gives a machine a new key.
    /// @param overlap seconds for which the present key still counts beside it; 0 if that key is lost or stolen
    function rotateMachineKey(bytes32 machine, address key, uint40 overlap) external {
        Machine storage record = _administered(machine);
        require(key != address(0), ZeroMachineKey(machine));
        require(overlap <= MAX_KEY_OVERLAP, OverlapTooLong(overlap, MAX_KEY_OVERLAP));
        address previous = record.key;
        require(key != previous, SameKey(machine, key));
        uint40 previousUntil = uint40(block.timestamp) + overlap;
        (record.key, record.previousKey, record.previousUntil) = (key, previous, previousUntil);
        emit MachineKeyChanged(machine, record.manufacturer, key, previous, previousUntil);
    }

    /// @notice Takes a machine out of service for good: no key signs for it any more, and nobody can rent it.
    function retireMachine(bytes32 machine) external {
        Machine storage record = _administered(machine);
        record.retired = true;
        emit MachineRetired(machine, record.manufacturer);
    }

    /// @notice Whether `key` signs for `machine` now: its present key, or the previous one within the overlap.
    function isMachineKey(bytes32 machine, address key) external view returns (bool) {
        Machine storage record = _machines[machine];
        if (key == address(0) || record.retired) return false;
        return key == record.key || (key == record.previousKey && block.timestamp < record.previousUntil);
    }

    /// @notice Reverts unless `machine` is in service and belongs to `manufacturer`.
    function requireMachineOf(bytes32 machine, address manufacturer) public view {
        Machine storage record = _machines[machine];
        address registered = record.manufacturer;
        require(registered != address(0), UnknownMachine(machine));
        require(registered == manufacturer, NotMachineOwner(machine, manufacturer));
        require(!record.retired, MachineIsRetired(machine));
    }

    function machines(bytes32 machine) external view returns (Machine memory) {
        return _machines[machine];
    }

    /// @notice The id of the machine with this serial number of this manufacturer.
    function machineId(address manufacturer, string calldata serial) external pure returns (bytes32) {
        return CremaTypes.machineId(manufacturer, serial);
    }

    /// @dev Reverts unless the caller speaks for `manufacturer`, and that is one now.
    function _requireManufacturer(address manufacturer) internal view virtual;

    function _register(address manufacturer, string calldata serial, address key)
        private
        returns (bytes32 machine)
    {
        _requireManufacturer(manufacturer);
        uint256 length = bytes(serial).length;
        require(length > 0 && length <= MAX_SERIAL_BYTES, SerialLengthInvalid(length, MAX_SERIAL_BYTES));
        machine = CremaTypes.machineId(manufacturer, serial);
        require(key != address(0), ZeroMachineKey(machine));
        require(_machines[machine].manufacturer == address(0), MachineAlreadyRegistered(machine));
        _machines[machine] = Machine(manufacturer, false, key, address(0), 0);
        emit MachineRegistered(machine, manufacturer, key, serial);
    }

    /// @dev The machine, which the caller may administer now.
    function _administered(bytes32 machine) private view returns (Machine storage record) {
        record = _machines[machine];
        require(record.manufacturer != address(0), UnknownMachine(machine));
        _requireManufacturer(record.manufacturer);
        require(!record.retired, MachineIsRetired(machine));
    }
}
