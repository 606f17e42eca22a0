// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Rulings} from "../../src/Rulings.sol";

/// @notice The bases alone: claims with nothing behind them but who disputes them.
contract AccountsHarness is Rulings, OfferNonces {
    event Ruled(bytes32 indexed claim, address indexed oracle, uint8 verdict);

    constructor(IdentityProvider identity_, PaymentProvider payment_) Parties(identity_, payment_) {}

    function reserve(address account, uint256 amount) external {
        _reserve(account, amount);
    }

    function release(address from, address to, uint256 amount) external {
        _release(from, to, amount);
    }

    function useNonce(address signer, uint256 nonce) external {
        _useNonce(signer, nonce);
    }

    function dispute(bytes32 claim, address debtor, address creditor, uint96 bond) external returns (uint40) {
        return _openDispute(claim, debtor, creditor, bond);
    }

    function _ruled(bytes32 claim, address oracle, uint8 verdict) internal override {
        emit Ruled(claim, oracle, verdict);
    }
}
