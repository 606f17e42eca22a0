// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "./IdentityProvider.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ActingKeys
/// @notice Which key signs for an account, and which badges of that account still count.
/// A change counts at once for machines and for acts on this chain. For redemption it binds only after the longest
/// challenge period: until then what the key and the epoch before it signed stays payable, because the coffee has
/// been drunk. The account itself can make no second change meanwhile; a move of its identity it cannot hold up.
abstract contract ActingKeys {
    /// @notice One slot per account. `signer` 0 is the account's own address. While the block's time is before
    /// `previousUntil`, `displaced` earlier keys count for redemption too. `generation` is that of the newest move of
    /// the identity taken over here; from the first one on the account's own address has no say any more.
    struct ActingKey {
        uint32 epoch;
        uint40 previousUntil;
        uint16 generation;
        uint8 displaced;
        address signer;
    }

    /// @notice A key that was replaced, and its epoch: both count for redemption while the time is before `until`.
    struct DisplacedKey {
        uint32 epoch;
        uint40 until;
        address signer;
    }

    /// @notice How many displaced keys of one account can count at a time. One more move is taken over only when
    /// the oldest of them has run out, so that no chain of moves takes back what a key has signed.
    uint8 public constant MAX_DISPLACED = 4;

    IdentityProvider public immutable identity;

    mapping(address => ActingKey) private _keys;
    mapping(address => mapping(uint256 => DisplacedKey)) private _displaced;
    mapping(address => address) private _controllers;

    event ActingKeyChanged(address indexed customer, uint32 epoch, address signer, uint40 previousUntil);
    event MoveAdopted(address indexed account, address indexed key, uint32 generation);

    error EpochNotRaised(uint32 epoch, uint32 current);
    error SignerUnchanged(address signer);
    error KeyChangePending(address account, uint40 until);
    error NotController(address caller, address controller);
    error NoNewMove(address account, uint32 generation, uint32 adopted);
    error TooManyDisplaced(address account, uint40 until);

    constructor(IdentityProvider identity_) {
        identity = identity_;
    }

    /// @notice Revokes every badge of the caller whose epoch is below `epoch`.
    function raiseEpoch(uint32 epoch) external {
        _raiseEpoch(msg.sender, epoch);
    }

    /// @notice As raiseEpoch, for a moved `account` by the key it moved to.
    function raiseEpochFor(address account, uint32 epoch) external {
        _raiseEpoch(account, epoch);
    }

    /// @notice Names the key that signs for the caller from now on: badges, placements, receipts, offers and
    /// acceptances; it may also close the caller's channels and withdraw the caller's credit.
    /// @param signer an address with a private key; 0 or the caller itself = the caller's own address.
    /// IMPORTANT: signatures are checked by ecrecover only; a contract named here can sign nothing.
    function setSigner(address signer) external {
        _setSigner(msg.sender, signer);
    }

    /// @notice As setSigner, for a moved `account` by the key it moved to.
    function setSignerFor(address account, address signer) external {
        _setSigner(account, signer);
    }

    /// @notice Takes over the newest move of `account` in the IdentityProvider: its key signs and acts for the
    /// account from now on, in place of the account's own address and of any key that it named. Anyone may; a
    /// pending change does not hold it up.
    function adoptMove(address account) external {
        (uint32 generation, address controller) = identity.moves(account);
        ActingKey memory key = _keys[account];
        require(generation > key.generation, NoNewMove(account, generation, key.generation));
        _displace(account, key);
        key.generation = SafeCast.toUint16(generation);
        key.signer = controller;
        _keys[account] = key;
        _controllers[account] = controller;
        emit MoveAdopted(account, controller, generation);
        emit ActingKeyChanged(account, key.epoch, controller, key.previousUntil);
        _moved(account);
    }

    function actingKeys(address account) external view returns (ActingKey memory) {
        return _keys[account];
    }

    /// @notice The displaced keys of `account` that count for redemption now.
    function displacedKeys(address account) external view returns (DisplacedKey[] memory live) {
        live = new DisplacedKey[](MAX_DISPLACED);
        uint256 found = 0;
        uint256 count = _keys[account].displaced;
        for (uint256 i = 0; i < count; ++i) {
            DisplacedKey memory old = _displaced[account][i];
            if (block.timestamp < old.until) live[found++] = old;
        }
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(live, found)
        }
    }

    /// @notice The address that may change the keys of `account`: itself, until it moved.
    function controllerOf(address account) public view returns (address) {
        return _keys[account].generation == 0 ? account : _controllers[account];
    }

    /// @notice The address whose signature is that of `account` now.
    function signerOf(address account) public view returns (address) {
        return _resolve(_keys[account].signer, account);
    }

    /// @notice Whether `caller` may act for `account` on this chain: its acting key, or its controller.
    function actsFor(address account, address caller) public view returns (bool) {
        if (caller == address(0)) return false;
        return caller == _keys[account].signer || caller == controllerOf(account);
    }

    /// @dev Whether `recovered` signs for `account` for redemption now, and from which epoch on. During an overlap
    /// several pairs of key and epoch count; where more than one names this key the lowest epoch is the one that
    /// binds.
    function _redemptionEpoch(address account, address recovered)
        internal
        view
        returns (bool signs, uint32 epoch)
    {
        ActingKey storage key = _keys[account];
        uint40 previousUntil;
        address signer;
        (epoch, previousUntil, signer) = (key.epoch, key.previousUntil, key.signer);
        signs = recovered == (signer == address(0) ? account : signer);
        if (block.timestamp < previousUntil) {
            return _orDisplaced(account, recovered, key.displaced, signs, epoch);
        }
    }

    /// @dev For how many seconds the key and epoch before a change still count: the longest challenge period.
    function _overlap() internal view virtual returns (uint40);

    /// @dev Called when the account's own address has lost its say.
    function _moved(address account) internal virtual;

    /// @dev The answer of _redemptionEpoch from the present key, widened by the displaced keys that still count.
    function _orDisplaced(address account, address recovered, uint256 count, bool signs, uint32 epoch)
        private
        view
        returns (bool, uint32)
    {
        for (uint256 i = 0; i < count; ++i) {
            DisplacedKey memory old = _displaced[account][i];
            if (recovered != old.signer || block.timestamp >= old.until) continue;
            if (!signs || old.epoch < epoch) (signs, epoch) = (true, old.epoch);
        }
        return (signs, epoch);
    }

    function _raiseEpoch(address account, uint32 epoch) private {
        ActingKey memory key = _keys[account];
        require(epoch > key.epoch, EpochNotRaised(epoch, key.epoch));
        _change(account, key, epoch, key.signer);
    }

    function _setSigner(address account, address signer) private {
        ActingKey memory key = _keys[account];
        // a moved account never falls back to its own address
        if (key.generation != 0 && signer == address(0)) signer = _controllers[account];
        if (key.generation == 0 && signer == account) signer = address(0);
        require(signer != key.signer, SignerUnchanged(signer));
        _change(account, key, key.epoch, signer);
    }

    function _change(address account, ActingKey memory key, uint32 epoch, address signer) private {
        address controller = controllerOf(account);
        require(msg.sender == controller, NotController(msg.sender, controller));
        require(block.timestamp >= key.previousUntil, KeyChangePending(account, key.previousUntil));
        _displace(account, key);
        (key.epoch, key.signer) = (epoch, signer);
        _keys[account] = key;
        emit ActingKeyChanged(account, epoch, signer, key.previousUntil);
    }

    /// @dev Keeps what `key` says now for one overlap, in the place of a displaced key that has run out.
    function _displace(address account, ActingKey memory key) private {
        uint8 place = 0;
        uint40 first = type(uint40).max;
        if (block.timestamp >= key.previousUntil) key.displaced = 0;
        for (; place < key.displaced; ++place) {
            uint40 until = _displaced[account][place].until;
            if (block.timestamp >= until) break;
            if (until < first) first = until;
        }
        require(place < MAX_DISPLACED, TooManyDisplaced(account, first));
        uint40 previousUntil = uint40(block.timestamp) + _overlap();
        _displaced[account][place] = DisplacedKey(key.epoch, previousUntil, _resolve(key.signer, account));
        if (place == key.displaced) ++key.displaced;
        key.previousUntil = previousUntil;
    }

    function _resolve(address signer, address account) private pure returns (address) {
        return signer == address(0) ? account : signer;
    }
}
