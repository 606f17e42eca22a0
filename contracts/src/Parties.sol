// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {PaymentProvider} from "./PaymentProvider.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Parties
/// @notice Who may act and sign for a party to an agreement: roles come from the IdentityProvider, acting keys from the
/// PaymentProvider.
abstract contract Parties is EIP712 {
    IdentityProvider public immutable identity;
    PaymentProvider public immutable payment;

    error NotAllowed(address caller, address account);
    error NotSignedBy(address account, bytes32 digest, address recovered, address expected);

    constructor(IdentityProvider identity_, PaymentProvider payment_) EIP712("Crema", "1") {
        identity = identity_;
        payment = payment_;
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Whether `caller` acts for `account`: it is the account's acting key, or the account itself.
    function _actsFor(address account, address caller) internal view returns (bool) {
        return payment.actsFor(account, caller);
    }

    function _requireActsFor(address account) internal view {
        require(_actsFor(account, msg.sender), NotAllowed(msg.sender, account));
    }

    function _hasRole(address account, uint8 role) internal view returns (bool) {
        return identity.hasRole(account, role);
    }

    /// @dev Reverts unless `account` has the role now.
    function _requireRole(address account, uint8 role) internal view {
        identity.requireRole(account, role);
    }

    /// @dev Reverts unless `account`'s acting key signed `digest`.
    function _requireSignedBy(address account, bytes32 digest, CremaTypes.Signature calldata signature)
        internal
        view
    {
        address recovered = _recover(digest, signature);
        address expected = _signerOf(account);
        require(
            recovered != address(0) && recovered == expected,
            NotSignedBy(account, digest, recovered, expected)
        );
    }

    function _signerOf(address account) internal view returns (address) {
        return payment.signerOf(account);
    }

    /// @dev The signer, or 0 for a signature that is none: malformed, or with a high s. No signer's code is asked.
    function _recover(bytes32 digest, CremaTypes.Signature calldata signature)
        internal
        pure
        returns (address recovered)
    {
        (recovered,,) = ECDSA.tryRecover(digest, signature.r, signature.vs);
    }
}
