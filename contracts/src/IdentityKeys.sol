// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title IdentityKeys
/// @notice Which key speaks for an identity. An identity is an address and stays so for ever; its key is that address
/// itself until it is moved: by the owners' vote at once, or by the guardian that the identity named, after a delay
/// in which the present key can object. Read as did:ethr (the read side of ERC-1056).
/// IMPORTANT: whoever holds the present key can object again and again. Against a thief who does, only the vote helps.
abstract contract IdentityKeys {
    /// @notice `key` 0: never moved. `changed` is the block of the last move.
    struct IdentityKey {
        address key;
        uint32 generation;
        uint64 changed;
    }

    /// @notice `next` becomes the guardian at `nextFrom`; `nextFrom` 0 = no change is under way.
    struct Guardianship {
        address guardian;
        address next;
        uint40 nextFrom;
    }

    /// @notice `executableAt` 0 = no move is under way.
    struct Move {
        address key;
        uint40 executableAt;
    }

    /// @notice For how long the present key can object to a guardian's move, at least.
    uint40 public constant MOVE_DELAY = 7 days;
    /// @notice After which time another guardian takes the place of one, so that a thief cannot swap it fast.
    uint40 public constant GUARDIAN_DELAY = 7 days;

    mapping(address => IdentityKey) private _keys;
    mapping(address => Guardianship) private _guardianships;
    mapping(address => Move) private _pending;

    event GuardianChanged(address indexed account, address guardian, uint40 effectiveFrom);
    event MoveStarted(address indexed account, address key, uint40 executableAt);
    event MoveObjected(address indexed account, address key);
    event IdentityMoved(address indexed account, address key, uint32 generation);
    event DIDOwnerChanged(address indexed identity, address owner, uint256 previousChange);

    error NotIdentityKey(address account, address caller, address key);
    error NotGuardian(address account, address caller, address guardian);
    error GuardianUnchanged(address account, address guardian);
    error InvalidKey(address account, uint256 key);
    error NoMoveStarted(address account);
    error MoveTooEarly(address account, uint40 executableAt, uint256 time);

    modifier onlyKeyOf(address account) {
        _requireKeyOf(account);
        _;
    }

    /// @notice Names who may move `account` to a new key. The first guardian counts at once, another one (or none: 0)
    /// after GUARDIAN_DELAY. Naming the present guardian again takes a change back that is under way.
    function setGuardian(address account, address guardian) external onlyKeyOf(account) {
        _requireActive(account);
        address present = guardianOf(account);
        Guardianship storage stored = _guardianships[account];
        bool changing = stored.nextFrom > block.timestamp;
        require(guardian != present || changing, GuardianUnchanged(account, guardian));
        bool atOnce = present == address(0) || guardian == present;
        uint40 from = uint40(block.timestamp) + (atOnce ? 0 : GUARDIAN_DELAY);
        _guardianships[account] =
            atOnce ? Guardianship(guardian, address(0), 0) : Guardianship(present, guardian, from);
        emit GuardianChanged(account, guardian, from);
    }

    /// @notice Starts to move `account` to `key`; by its guardian. A move under way is replaced, its delay begins anew.
    function startMove(address account, address key) external {
        address guardian = guardianOf(account);
        require(msg.sender == guardian && guardian != address(0), NotGuardian(account, msg.sender, guardian));
        _requireNewKey(account, uint160(key));
        uint40 executableAt = uint40(block.timestamp) + MOVE_DELAY;
        _pending[account] = Move(key, executableAt);
        emit MoveStarted(account, key, executableAt);
    }

    /// @notice Ends the move under way. The present key can, until somebody finishes it.
    function objectToMove(address account) external onlyKeyOf(account) {
        Move memory move = _pending[account];
        require(move.executableAt != 0, NoMoveStarted(account));
        delete _pending[account];
        emit MoveObjected(account, move.key);
    }

    /// @notice Moves `account` to the key that its guardian named, once the delay is over. Anyone may.
    function finishMove(address account) external {
        Move memory move = _pending[account];
        require(move.executableAt != 0, NoMoveStarted(account));
        require(
            block.timestamp >= move.executableAt, MoveTooEarly(account, move.executableAt, block.timestamp)
        );
        _move(account, move.key);
    }

    /// @notice The key that speaks for `account` now: its own address until it is moved.
    function keyOf(address account) public view returns (address) {
        address key = _keys[account].key;
        return key == address(0) ? account : key;
    }

    /// @notice How often `account` was moved, and to which key at last.
    function moves(address account) external view returns (uint32 generation, address key) {
        return (_keys[account].generation, keyOf(account));
    }

    /// @notice The move that a guardian started.
    function pendingMove(address account) external view returns (address key, uint40 executableAt) {
        Move memory move = _pending[account];
        return (move.key, move.executableAt);
    }

    /// @notice Who may start to move `account` now; 0 = nobody.
    function guardianOf(address account) public view returns (address) {
        Guardianship memory stored = _guardianships[account];
        return stored.nextFrom != 0 && block.timestamp >= stored.nextFrom ? stored.next : stored.guardian;
    }

    function guardianships(address account) external view returns (Guardianship memory) {
        return _guardianships[account];
    }

    /// @notice As keyOf, by the name that did:ethr resolvers ask for.
    function identityOwner(address identity) external view returns (address) {
        return keyOf(identity);
    }

    /// @notice The block of the last DIDOwnerChanged of `identity`; 0 = none.
    function changed(address identity) external view returns (uint256) {
        return _keys[identity].changed;
    }

    /// @notice The identity's decentralised identifier: did:ethr:0x<chain id>:0x<address>.
    function did(address identity) external view returns (string memory) {
        return string.concat("did:ethr:", _hex(block.chainid), ":", Strings.toHexString(identity));
    }

    /// @dev Reverts unless `account` takes part now.
    function _requireActive(address account) internal view virtual;

    function _requireKeyOf(address account) internal view {
        address key = keyOf(account);
        require(msg.sender == key, NotIdentityKey(account, msg.sender, key));
    }

    /// @dev Moves by vote: at once, and whatever a thief may have arranged before ends with it.
    function _moveByVote(address account, uint256 key) internal {
        _requireNewKey(account, key);
        if (guardianOf(account) != address(0)) {
            emit GuardianChanged(account, address(0), uint40(block.timestamp));
        }
        delete _guardianships[account];
        _move(account, address(uint160(key)));
    }

    function _move(address account, address key) private {
        IdentityKey storage stored = _keys[account];
        uint256 previousChange = stored.changed;
        uint32 generation = stored.generation + 1;
        _keys[account] = IdentityKey(key, generation, uint64(block.number));
        delete _pending[account];
        _dropGuardianChange(account);
        emit IdentityMoved(account, key, generation);
        emit DIDOwnerChanged(account, key, previousChange);
    }

    /// @dev What the former key wanted to change does not bind the new one.
    function _dropGuardianChange(address account) private {
        Guardianship storage stored = _guardianships[account];
        if (stored.nextFrom <= block.timestamp) return;
        (stored.next, stored.nextFrom) = (address(0), 0);
        emit GuardianChanged(account, stored.guardian, uint40(block.timestamp));
    }

    function _requireNewKey(address account, uint256 key) internal view {
        bool isNew = key != 0 && key <= type(uint160).max && address(uint160(key)) != keyOf(account);
        require(isNew, InvalidKey(account, key));
    }

    /// @dev Without leading zeros, as did:ethr wants the chain's id.
    function _hex(uint256 value) private pure returns (string memory) {
        uint256 length = 1;
        while (value >> (4 * length) != 0) length++;
        bytes memory digits = new bytes(length);
        for (uint256 i = length; i > 0; i--) {
            digits[i - 1] = bytes16("0123456789abcdef")[value & 0xf];
            value >>= 4;
        }
        return string.concat("0x", string(digits));
    }
}
