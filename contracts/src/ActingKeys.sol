// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title ActingKeys
/// @notice Which key signs for an account, and which badges of that account still count.
/// A change counts at once for machines and for acts on this chain. For redemption it binds only after the longest
/// challenge period: until then what the key and the epoch before it signed stays payable, because the coffee has
/// been drunk. No second change is possible meanwhile.
abstract contract ActingKeys {
    /// @notice One slot per account. `signer` 0 is the account's own address. While the block's time is before
    /// `previousUntil`, the key and the epoch before this one count for redemption too.
    struct ActingKey {
        uint32 epoch;
        uint40 previousUntil;
        address signer;
    }

    struct PreviousKey {
        uint32 epoch;
        address signer;
    }

    mapping(address => ActingKey) private _keys;
    mapping(address => PreviousKey) private _previous;

    event ActingKeyChanged(address indexed customer, uint32 epoch, address signer, uint40 previousUntil);

    error EpochNotRaised(uint32 epoch, uint32 current);
    error SignerUnchanged(address signer);
    error KeyChangePending(address account, uint40 until);

    /// @notice Revokes every badge of the caller whose epoch is below `epoch`.
    function raiseEpoch(uint32 epoch) external {
        ActingKey memory key = _keys[msg.sender];
        require(epoch > key.epoch, EpochNotRaised(epoch, key.epoch));
        _change(key, epoch, key.signer);
    }

    /// @notice Names the key that signs for the caller from now on: badges, placements, receipts, offers and
    /// acceptances; it may also close the caller's channels and withdraw the caller's credit.
    /// @param signer an address with a private key; 0 or the caller itself = the caller's own address.
    /// IMPORTANT: signatures are checked by ecrecover only; a contract named here can sign nothing.
    function setSigner(address signer) external {
        ActingKey memory key = _keys[msg.sender];
        if (signer == msg.sender) signer = address(0);
        require(signer != key.signer, SignerUnchanged(signer));
        _change(key, key.epoch, signer);
    }

    function actingKeys(address account) external view returns (ActingKey memory) {
        return _keys[account];
    }

    /// @notice What still counts for redemption until `actingKeys(account).previousUntil`.
    function previousKeys(address account) external view returns (PreviousKey memory) {
        return _previous[account];
    }

    /// @notice The address whose signature is that of `account` now.
    function signerOf(address account) public view returns (address) {
        return _resolve(_keys[account].signer, account);
    }

    /// @notice Whether `caller` may act for `account` on this chain: itself, or its acting key.
    function actsFor(address account, address caller) public view returns (bool) {
        return caller == account || (caller == _keys[account].signer && caller != address(0));
    }

    /// @dev Whether `recovered` signs for `account` for redemption now, and from which epoch on. During the overlap
    /// two pairs of key and epoch count; where both name this key the lower epoch is the one that binds.
    function _redemptionEpoch(address account, address recovered)
        internal
        view
        returns (bool signs, uint32 epoch)
    {
        ActingKey memory key = _keys[account];
        if (recovered == _resolve(key.signer, account)) (signs, epoch) = (true, key.epoch);
        if (block.timestamp < key.previousUntil) {
            PreviousKey memory previous = _previous[account];
            if (recovered == _resolve(previous.signer, account)) (signs, epoch) = (true, previous.epoch);
        }
    }

    /// @dev For how many seconds the key and epoch before a change still count: the longest challenge period.
    function _overlap() internal view virtual returns (uint40);

    function _change(ActingKey memory key, uint32 epoch, address signer) private {
        require(block.timestamp >= key.previousUntil, KeyChangePending(msg.sender, key.previousUntil));
        uint40 previousUntil = uint40(block.timestamp) + _overlap();
        _previous[msg.sender] = PreviousKey(key.epoch, key.signer);
        _keys[msg.sender] = ActingKey(epoch, previousUntil, signer);
        emit ActingKeyChanged(msg.sender, epoch, signer, previousUntil);
    }

    function _resolve(address signer, address account) private pure returns (address) {
        return signer == address(0) ? account : signer;
    }
}
