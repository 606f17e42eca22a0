// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {Deliveries} from "./Deliveries.sol";
import {Downtime} from "./Downtime.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {OfferNonces} from "./OfferNonces.sol";
import {Parties} from "./Parties.sol";
import {PaymentProvider} from "./PaymentProvider.sol";
import {Permits} from "./Permits.sol";
import {RentalTerm} from "./RentalTerm.sol";

/// @title RentalProvider
/// @notice Concludes rentals, each in one transaction: the manufacturer's signed Offer, the customer's consent, the
/// roles of both, the machine, the manufacturer's bond, and the channel, opened and funded. Then it keeps their course
/// (RentalTerm) and pays for the machine's downtime (Downtime).
contract RentalProvider is RentalTerm, Downtime, OfferNonces {
    event RentalConcluded(
        bytes32 indexed rental,
        bytes32 indexed machine,
        bytes32 indexed channel,
        address manufacturer,
        address customer,
        uint64 index,
        uint96 deposit
    );

    error NotTheOpener(address opener);
    error OfferExpired(uint64 validUntil, uint256 time);
    error OfferForOther(address customer, address caller);
    error AcceptanceExpired(uint64 validUntil, uint256 time);
    error AcceptanceForOtherOffer(bytes32 accepted, bytes32 offer);
    error SelfRental(address account);
    error WrongToken(address token, address expected);
    error DepositTooSmall(uint96 deposit, uint96 minDeposit);
    error ChallengePeriodNotInMinutes(uint32 challengePeriod);
    error ChallengePeriodTooLong(uint32 challengePeriod);

    /// @param payment_ a PaymentProvider that was deployed to be opened by this contract
    /// @param supply_ the SupplyProvider, whose delivered orders begin rentals
    constructor(IdentityProvider identity_, PaymentProvider payment_, Deliveries supply_)
        Parties(identity_, payment_)
        RentalTerm(supply_)
    {
        require(payment_.opener() == address(this), NotTheOpener(payment_.opener()));
    }

    /// @notice Concludes a rental for the calling customer, which must act by its own key (else see concludeFor).
    /// @param offer the manufacturer's offer, to the caller or to anyone. Its bond is taken from the manufacturer's
    /// balance here.
    /// @param offerSignature by the manufacturer's acting key
    /// @param funds what the channel begins with, at least the offer's minimum; the caller has allowed them to the
    /// PaymentProvider, or does so with
    /// @param permit (deadline 0: none); one that fails is ignored if the allowance suffices
    /// @return rental the digest of the offer
    /// @return channel the channel that is now open
    function conclude(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata offerSignature,
        uint96 funds,
        Permits.Permit calldata permit
    ) external returns (bytes32 rental, bytes32 channel) {
        require(
            offer.customer == address(0) || offer.customer == msg.sender,
            OfferForOther(offer.customer, msg.sender)
        );
        _requireActsFor(msg.sender);
        rental = offerDigest(offer);
        channel = _conclude(offer, offerSignature, rental, msg.sender, funds, permit);
    }

    /// @notice Concludes a rental for a customer who signed an Acceptance. Anyone may submit it.
    /// @param acceptanceSignature by the acting key of the offer's customer. An offer to anyone is concluded for the
    /// signer itself, which must then be an account that acts by its own key.
    function concludeFor(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata offerSignature,
        CremaTypes.Acceptance calldata acceptance,
        CremaTypes.Signature calldata acceptanceSignature,
        Permits.Permit calldata permit
    ) external returns (bytes32 rental, bytes32 channel) {
        rental = offerDigest(offer);
        require(acceptance.offer == rental, AcceptanceForOtherOffer(acceptance.offer, rental));
        require(
            block.timestamp <= acceptance.validUntil,
            AcceptanceExpired(acceptance.validUntil, block.timestamp)
        );
        bytes32 digest = acceptanceDigest(acceptance);
        address customer = offer.customer;
        if (customer == address(0)) customer = _recover(digest, acceptanceSignature);
        _requireSignedBy(customer, digest, acceptanceSignature);
        channel = _conclude(offer, offerSignature, rental, customer, acceptance.deposit, permit);
    }

    /// @notice The index of the channel that the offer with this nonce opens: the lowest 53 bits of it, which JSON, too,
    /// carries exactly. It is known before the rental is concluded and takes no storage. Should two offers of a
    /// manufacturer to one customer share these bits, the second cannot be concluded (ChannelExists).
    function indexOf(uint256 nonce) public pure returns (uint64) {
        return uint64(nonce & (2 ** 53 - 1));
    }

    /// @notice What a customer signs when somebody else submits.
    function acceptanceDigest(CremaTypes.Acceptance calldata acceptance) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(acceptance));
    }

    function _conclude(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata signature,
        bytes32 rental,
        address customer,
        uint96 funds,
        Permits.Permit calldata permit
    ) private returns (bytes32 channel) {
        address manufacturer = offer.manufacturer;
        require(block.timestamp <= offer.validUntil, OfferExpired(offer.validUntil, block.timestamp));
        _requireSignedBy(manufacturer, rental, signature);
        _requireTerms(offer.terms, funds);
        require(customer != manufacturer, SelfRental(customer));
        identity.requireRentable(manufacturer, customer, offer.machine);

        _useNonce(manufacturer, offer.nonce);
        _rentals[rental].customer = customer;
        uint64 index = indexOf(offer.nonce);
        channel = CremaTypes.channelId(customer, manufacturer, index);
        emit RentalConcluded(rental, offer.machine, channel, manufacturer, customer, index, funds);
        _reserveBond(rental, manufacturer, offer.terms.bond);
        Permits.use(token, customer, address(payment), funds, permit);
        payment.open(customer, manufacturer, index, funds, uint24(offer.terms.challengePeriod / 1 minutes));
    }

    function _requireTerms(CremaTypes.Terms calldata terms, uint96 funds) private view {
        require(terms.token == address(token), WrongToken(terms.token, address(token)));
        require(funds >= terms.minDeposit, DepositTooSmall(funds, terms.minDeposit));
        require(terms.challengePeriod % 1 minutes == 0, ChallengePeriodNotInMinutes(terms.challengePeriod));
        require(
            terms.challengePeriod / 1 minutes <= type(uint24).max,
            ChallengePeriodTooLong(terms.challengePeriod)
        );
        _requireTerm(terms);
    }
}
