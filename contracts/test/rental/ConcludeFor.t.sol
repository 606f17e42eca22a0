// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract ConcludeForTest is CremaTest {
    function _accept(CremaTypes.Offer memory offer) private view returns (CremaTypes.Acceptance memory) {
        return CremaTypes.Acceptance(rental.offerDigest(offer), DEPOSIT, START + 1 hours);
    }

    function _submit(
        CremaTypes.Offer memory offer,
        CremaTypes.Acceptance memory acceptance,
        uint256 key,
        bytes memory failure
    ) private returns (bytes32 id, bytes32 channel) {
        CremaTypes.Signature memory offered = _signOffer(offer, MANUFACTURER_KEY);
        CremaTypes.Signature memory accepted = _signAcceptance(acceptance, key);
        if (failure.length > 0) _expect(failure);
        vm.prank(stranger);
        return rental.concludeFor(offer, offered, acceptance, accepted, _noPermit());
    }

    function test_ShouldLetAnyoneSubmitAnAcceptance() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        (bytes32 id, bytes32 channel) = _submit(offer, _accept(offer), CUSTOMER_KEY, "");
        vm.assertEq(id, rental.offerDigest(offer), "rental");
        vm.assertEq(channel, _id(1), "channel");
        vm.assertEq(_stored(channel).deposited, DEPOSIT, "funded by the customer");
        vm.assertEq(token.balanceOf(customer), 1_000_000e6 - DEPOSIT, "by no one else");
    }

    function test_ShouldUseTheCustomersPermit() public {
        vm.prank(customer);
        token.approve(address(payment), 0);
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Acceptance memory acceptance = _accept(offer);
        CremaTypes.Signature memory offered = _signOffer(offer, MANUFACTURER_KEY);
        CremaTypes.Signature memory accepted = _signAcceptance(acceptance, CUSTOMER_KEY);
        Permits.Permit memory permit = _permit(CUSTOMER_KEY, DEPOSIT, START + 1);
        vm.prank(stranger);
        rental.concludeFor(offer, offered, acceptance, accepted, permit);
        vm.assertEq(_stored(_id(1)).deposited, DEPOSIT, "funded");
    }

    function test_ShouldConcludeAnOpenOfferForTheSigner() public {
        CremaTypes.Offer memory offer = _offer(address(0), 1);
        (, bytes32 channel) = _submit(offer, _accept(offer), CUSTOMER_KEY, "");
        vm.assertEq(channel, _id(1), "channel");
    }

    function test_ShouldTakeTheActingKeyForANamedCustomerOnly() public {
        vm.prank(customer);
        payment.setSigner(acting);
        CremaTypes.Offer memory named = _offer(customer, 1);
        _submit(
            named,
            _accept(named),
            CUSTOMER_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector,
                customer,
                rental.acceptanceDigest(_accept(named)),
                customer,
                acting
            )
        );
        _submit(named, _accept(named), ACTING_KEY, "");
        CremaTypes.Offer memory open = _offer(address(0), 2);
        _submit(
            open,
            _accept(open),
            CUSTOMER_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector,
                customer,
                rental.acceptanceDigest(_accept(open)),
                customer,
                acting
            )
        );
    }

    function test_ShouldRefuseAStrangersAcceptance() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        _submit(
            offer,
            _accept(offer),
            STRANGER_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector,
                customer,
                rental.acceptanceDigest(_accept(offer)),
                stranger,
                customer
            )
        );
    }

    function test_ShouldRefuseAnAcceptanceWithoutSignature() public {
        CremaTypes.Offer memory offer = _offer(address(0), 1);
        CremaTypes.Acceptance memory acceptance = _accept(offer);
        CremaTypes.Signature memory offered = _signOffer(offer, MANUFACTURER_KEY);
        _expect(
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector,
                address(0),
                rental.acceptanceDigest(acceptance),
                address(0),
                address(0)
            )
        );
        rental.concludeFor(offer, offered, acceptance, CremaTypes.Signature(0, 0), _noPermit());
    }

    function test_ShouldRefuseAnAcceptanceOfAnotherOffer() public {
        CremaTypes.Acceptance memory acceptance = _accept(_offer(customer, 2));
        CremaTypes.Offer memory offer = _offer(customer, 1);
        _submit(
            offer,
            acceptance,
            CUSTOMER_KEY,
            abi.encodeWithSelector(
                RentalProvider.AcceptanceForOtherOffer.selector, acceptance.offer, rental.offerDigest(offer)
            )
        );
    }

    function test_ShouldRefuseAnExpiredAcceptance() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Acceptance memory acceptance = _accept(offer);
        vm.warp(acceptance.validUntil + 1);
        _submit(
            offer,
            acceptance,
            CUSTOMER_KEY,
            abi.encodeWithSelector(
                RentalProvider.AcceptanceExpired.selector, acceptance.validUntil, acceptance.validUntil + 1
            )
        );
    }

    function test_ShouldNotTakeAnAcceptanceTwice() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        _submit(offer, _accept(offer), CUSTOMER_KEY, "");
        _submit(
            offer,
            _accept(offer),
            CUSTOMER_KEY,
            abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 1)
        );
    }
}
