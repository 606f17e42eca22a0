// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Deployer
/// @notice Creates contracts at addresses that follow from the caller and a salt alone, not from what is created.
/// So contracts can be given each other's addresses before any of them is there, and one account gets the same
/// addresses on every chain on which this contract has the same address. Nobody else can take them: the caller is
/// part of the address.
/// @dev CREATE2 makes a Shell whose code is always the same; the Shell's first CREATE makes the contract.
contract Deployer {
    event ContractCreated(address indexed by, bytes32 indexed salt, address created);

    error AlreadyCreated(address by, bytes32 salt, address created);

    /// @notice Creates a contract. The caller of its constructor is a Shell, not the caller here.
    /// @param salt names it among the caller's contracts; each serves once
    /// @param initCode the creation code with the constructor's arguments; if it reverts, so does this, and alike
    function create(bytes32 salt, bytes calldata initCode) external returns (address created) {
        created = addressOf(msg.sender, salt);
        require(created.code.length == 0, AlreadyCreated(msg.sender, salt, created));
        bytes32 bound = _bound(msg.sender, salt);
        new Shell{salt: bound}().create(initCode);
        emit ContractCreated(msg.sender, salt, created);
    }

    /// @notice Where a contract of `by` with this salt is, or will be.
    function addressOf(address by, bytes32 salt) public view returns (address) {
        bytes32 shell = keccak256(
            abi.encodePacked(hex"ff", address(this), _bound(by, salt), keccak256(type(Shell).creationCode))
        );
        // the RLP of [shell, 1]: what CREATE hashes at a contract's first creation
        return _asAddress(keccak256(abi.encodePacked(hex"d694", _asAddress(shell), hex"01")));
    }

    function _bound(address by, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(by, salt));
    }

    function _asAddress(bytes32 hash) private pure returns (address) {
        return address(uint160(uint256(hash)));
    }
}

/// @notice Creates one contract for the Deployer that made it.
contract Shell {
    address private immutable _deployer = msg.sender;

    error NotTheDeployer(address caller);

    /// @notice Creates the contract, or reverts as its constructor does.
    function create(bytes memory initCode) external returns (address created) {
        require(msg.sender == _deployer, NotTheDeployer(msg.sender));
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            created := create(0, add(initCode, 0x20), mload(initCode))
            if iszero(created) {
                let free := mload(0x40)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
        }
    }
}
