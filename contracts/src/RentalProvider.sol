// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "./CremaTypes.sol";
import {IdentityProvider} from "./IdentityProvider.sol";
import {PaymentProvider} from "./PaymentProvider.sol";
import {Permits} from "./Permits.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title RentalProvider
/// @notice Concludes rentals, each in one transaction: the manufacturer's signed Offer, the customer's consent, the
/// roles of both, the machine, and the channel, opened and funded. The rental's id is the digest of its Offer.
contract RentalProvider is EIP712 {
    IdentityProvider public immutable identity;
    PaymentProvider public immutable payment;
    IERC20 public immutable token;

    /// @dev Used and cancelled nonces, 256 to a word.
    mapping(address => mapping(uint256 => uint256)) private _nonces;
    mapping(address => mapping(address => uint64)) private _lastIndex;

    event RentalConcluded(
        bytes32 indexed rental,
        bytes32 indexed machine,
        bytes32 indexed channel,
        address manufacturer,
        address customer,
        uint64 index,
        uint96 deposit
    );
    event OfferCancelled(address indexed manufacturer, uint256 nonce);

    error NotTheOpener(address opener);
    error OfferExpired(uint64 validUntil, uint256 time);
    error OfferForOther(address customer, address caller);
    error OfferNonceUsed(address manufacturer, uint256 nonce);
    error OfferSignatureInvalid(bytes32 offer, address recovered, address expected);
    error AcceptanceExpired(uint64 validUntil, uint256 time);
    error AcceptanceForOtherOffer(bytes32 accepted, bytes32 offer);
    error AcceptanceSignatureInvalid(bytes32 offer, address recovered, address expected);
    error SelfRental(address account);
    error WrongToken(address token, address expected);
    error DepositTooSmall(uint96 deposit, uint96 minDeposit);
    error ChallengePeriodNotInMinutes(uint32 challengePeriod);
    error ChallengePeriodTooLong(uint32 challengePeriod);
    error BondNotSupported(uint96 bond);

    /// @param payment_ a PaymentProvider that was deployed to be opened by this contract
    constructor(IdentityProvider identity_, PaymentProvider payment_) EIP712("Crema", "1") {
        require(payment_.opener() == address(this), NotTheOpener(payment_.opener()));
        identity = identity_;
        payment = payment_;
        token = payment_.token();
    }

    /// @notice Concludes a rental for the calling customer.
    /// @param offer the manufacturer's offer, to the caller or to anyone
    /// @param offerSignature by the manufacturer's acting key
    /// @param deposit the first funds of the channel, at least the offer's minimum; the caller has allowed them to
    /// the PaymentProvider, or does so with
    /// @param permit (deadline 0: none); one that fails is ignored if the allowance suffices
    /// @return rental the digest of the offer
    /// @return channel the channel that is now open
    function conclude(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata offerSignature,
        uint96 deposit,
        Permits.Permit calldata permit
    ) external returns (bytes32 rental, bytes32 channel) {
        require(
            offer.customer == address(0) || offer.customer == msg.sender,
            OfferForOther(offer.customer, msg.sender)
        );
        rental = offerDigest(offer);
        channel = _conclude(offer, offerSignature, rental, msg.sender, deposit, permit);
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
        (address recovered,,) =
            ECDSA.tryRecover(acceptanceDigest(acceptance), acceptanceSignature.r, acceptanceSignature.vs);
        address customer = offer.customer == address(0) ? recovered : offer.customer;
        address expected = payment.signerOf(customer);
        require(
            recovered != address(0) && recovered == expected,
            AcceptanceSignatureInvalid(rental, recovered, expected)
        );
        channel = _conclude(offer, offerSignature, rental, customer, acceptance.deposit, permit);
    }

    /// @notice Makes the calling manufacturer's offers with this nonce void.
    function cancelOffer(uint256 nonce) external {
        _useNonce(msg.sender, nonce);
        emit OfferCancelled(msg.sender, nonce);
    }

    /// @notice Whether an offer with this nonce was concluded or cancelled.
    function nonceUsed(address manufacturer, uint256 nonce) external view returns (bool) {
        return _nonces[manufacturer][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    /// @notice The index of the newest channel from `customer` to `manufacturer`; they count from 1.
    function lastIndex(address customer, address manufacturer) external view returns (uint64) {
        return _lastIndex[customer][manufacturer];
    }

    /// @notice What a manufacturer signs, and the id of the rental concluded from it.
    function offerDigest(CremaTypes.Offer calldata offer) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(offer));
    }

    /// @notice What a customer signs when somebody else submits.
    function acceptanceDigest(CremaTypes.Acceptance calldata acceptance) public view returns (bytes32) {
        return _hashTypedDataV4(CremaTypes.hash(acceptance));
    }

    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _conclude(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata signature,
        bytes32 rental,
        address customer,
        uint96 deposit,
        Permits.Permit calldata permit
    ) private returns (bytes32 channel) {
        address manufacturer = offer.manufacturer;
        _requireOffered(offer, signature, rental);
        _requireTerms(offer.terms, deposit);
        require(customer != manufacturer, SelfRental(customer));
        identity.requireRentable(manufacturer, customer, offer.machine);

        _useNonce(manufacturer, offer.nonce);
        uint64 index = ++_lastIndex[customer][manufacturer];
        Permits.use(token, customer, address(payment), deposit, permit);
        channel = payment.open(
            customer, manufacturer, index, deposit, uint24(offer.terms.challengePeriod / 1 minutes)
        );
        emit RentalConcluded(rental, offer.machine, channel, manufacturer, customer, index, deposit);
    }

    function _requireOffered(
        CremaTypes.Offer calldata offer,
        CremaTypes.Signature calldata signature,
        bytes32 rental
    ) private view {
        require(block.timestamp <= offer.validUntil, OfferExpired(offer.validUntil, block.timestamp));
        (address recovered,,) = ECDSA.tryRecover(rental, signature.r, signature.vs);
        address expected = payment.signerOf(offer.manufacturer);
        require(
            recovered != address(0) && recovered == expected,
            OfferSignatureInvalid(rental, recovered, expected)
        );
    }

    /// @dev A bond needs the rules by which it is paid out; until this contract has them it takes none, so that none
    /// can be locked.
    function _requireTerms(CremaTypes.Terms calldata terms, uint96 deposit) private view {
        require(terms.token == address(token), WrongToken(terms.token, address(token)));
        require(deposit >= terms.minDeposit, DepositTooSmall(deposit, terms.minDeposit));
        require(terms.challengePeriod % 1 minutes == 0, ChallengePeriodNotInMinutes(terms.challengePeriod));
        require(
            terms.challengePeriod / 1 minutes <= type(uint24).max,
            ChallengePeriodTooLong(terms.challengePeriod)
        );
        require(terms.bond == 0, BondNotSupported(terms.bond));
    }

    function _useNonce(address manufacturer, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 word = _nonces[manufacturer][nonce >> 8];
        require(word & bit == 0, OfferNonceUsed(manufacturer, nonce));
        _nonces[manufacturer][nonce >> 8] = word | bit;
    }
}
