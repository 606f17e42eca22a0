// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Machines} from "../../src/Machines.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Owners} from "../../src/Owners.sol";
import {Parties} from "../../src/Parties.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {CremaTest} from "../support/CremaTest.sol";

contract ConcludeTest is CremaTest {
    function _conclude(CremaTypes.Offer memory offer, uint256 offerKey, uint96 deposit)
        private
        returns (bytes32 id, bytes32 channel)
    {
        CremaTypes.Signature memory signature = _signOffer(offer, offerKey);
        vm.prank(customer);
        return rental.conclude(offer, signature, deposit, _noPermit());
    }

    function _refuse(CremaTypes.Offer memory offer, bytes memory failure) private {
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        _expect(failure);
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
    }

    function test_ShouldConcludeInOneTransaction() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        bytes32 id = rental.offerDigest(offer);
        vm.expectEmit(address(rental));
        emit RentalProvider.RentalConcluded(id, machine, _id(1), manufacturer, customer, 1, DEPOSIT);
        vm.expectEmit(address(payment));
        emit PaymentProvider.ChannelOpened(_id(1), customer, manufacturer, 1, DEPOSIT, PERIOD);
        vm.prank(customer);
        (bytes32 concluded, bytes32 channel) = rental.conclude(offer, signature, DEPOSIT, _noPermit());
        vm.assertEq(concluded, id, "rental");
        vm.assertEq(channel, _id(1), "channel");
        vm.assertEq(_stored(channel).deposited, DEPOSIT, "funded");
        vm.assertTrue(rental.nonceUsed(manufacturer, 1), "nonce");
    }

    function test_ShouldTakeTheIndexFromTheNonce() public {
        uint256 nonce = uint256(keccak256("nonce"));
        (, bytes32 channel) = _conclude(_offer(customer, nonce), MANUFACTURER_KEY, DEPOSIT);
        vm.assertEq(channel, _id(uint64(nonce % 2 ** 53)), "the lowest 53 bits");
        vm.assertEq(rental.indexOf(nonce), nonce % 2 ** 53, "indexOf");
    }

    function test_ShouldNotOpenAChannelTwice() public {
        _conclude(_offer(customer, 1), MANUFACTURER_KEY, DEPOSIT);
        _refuse(
            _offer(customer, 1 + 2 ** 53),
            abi.encodeWithSelector(PaymentProvider.ChannelExists.selector, _id(1))
        );
    }

    function test_ShouldFundByPermitAlone() public {
        vm.prank(customer);
        token.approve(address(payment), 0);
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        Permits.Permit memory permit = _permit(CUSTOMER_KEY, DEPOSIT, START + 1);
        vm.prank(customer);
        (, bytes32 channel) = rental.conclude(offer, signature, DEPOSIT, permit);
        vm.assertEq(_stored(channel).deposited, DEPOSIT, "funded");
    }

    function test_ShouldIgnoreAFailingPermitWhileTheAllowanceSuffices() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        Permits.Permit memory failing = _permit(STRANGER_KEY, DEPOSIT, START + 1);
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, failing);
        vm.assertEq(_stored(_id(1)).deposited, DEPOSIT, "funded");
    }

    function test_ShouldNameAnAllowanceThatIsTooSmall() public {
        vm.prank(customer);
        token.approve(address(payment), DEPOSIT - 1);
        _refuse(
            _offer(customer, 1),
            abi.encodeWithSelector(Permits.AllowanceTooSmall.selector, customer, DEPOSIT - 1, DEPOSIT)
        );
    }

    function test_ShouldRefuseAnOfferToAnother() public {
        _refuse(
            _offer(stranger, 1),
            abi.encodeWithSelector(RentalProvider.OfferForOther.selector, stranger, customer)
        );
    }

    function test_ShouldRefuseAnExpiredOffer() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        vm.warp(offer.validUntil);
        _conclude(offer, MANUFACTURER_KEY, DEPOSIT);
        vm.warp(offer.validUntil + 1);
        offer.nonce = 2;
        _refuse(
            offer,
            abi.encodeWithSelector(
                RentalProvider.OfferExpired.selector, offer.validUntil, offer.validUntil + 1
            )
        );
    }

    function test_ShouldConcludeAnOfferOnce() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        _conclude(offer, MANUFACTURER_KEY, DEPOSIT);
        _refuse(offer, abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 1));
    }

    function test_ShouldRefuseACancelledOffer() public {
        vm.expectEmit(address(rental));
        emit OfferNonces.OfferCancelled(manufacturer, 777);
        vm.prank(manufacturer);
        rental.cancelOffer(777);
        _refuse(
            _offer(customer, 777),
            abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 777)
        );
        _conclude(_offer(customer, 776), MANUFACTURER_KEY, DEPOSIT);
        _expect(abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, manufacturer, 776));
        vm.prank(manufacturer);
        rental.cancelOffer(776);
    }

    function test_ShouldRefuseAnOfferOfAnotherSigner() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        bytes32 id = rental.offerDigest(offer);
        CremaTypes.Signature memory signature = _signOffer(offer, STRANGER_KEY);
        _expect(
            abi.encodeWithSelector(Parties.NotSignedBy.selector, manufacturer, id, stranger, manufacturer)
        );
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
        signature = CremaTypes.Signature(0, 0);
        _expect(
            abi.encodeWithSelector(Parties.NotSignedBy.selector, manufacturer, id, address(0), manufacturer)
        );
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
    }

    function test_ShouldObeyTheManufacturersActingKeyAtOnce() public {
        vm.prank(manufacturer);
        payment.setSigner(acting);
        CremaTypes.Offer memory offer = _offer(customer, 1);
        _conclude(offer, ACTING_KEY, DEPOSIT);
        offer.nonce = 2;
        _refuse(
            offer,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector, manufacturer, rental.offerDigest(offer), manufacturer, acting
            )
        );
    }

    function test_ShouldCheckTheRoles() public {
        uint8 manufacturerRole = identity.MANUFACTURER();
        uint8 customerRole = identity.CUSTOMER();
        vm.prank(owner);
        identity.suspend(manufacturer);
        _refuse(
            _offer(customer, 1),
            abi.encodeWithSelector(IdentityProvider.MissingRole.selector, manufacturer, manufacturerRole)
        );
        _decide(Owners.Kind.REINSTATE, manufacturer, 0);
        _decide(Owners.Kind.SET_ROLES, customer, manufacturerRole);
        _refuse(
            _offer(customer, 1),
            abi.encodeWithSelector(IdentityProvider.MissingRole.selector, customer, customerRole)
        );
    }

    function test_ShouldCheckTheMachine() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        offer.machine = keccak256("none");
        _refuse(offer, abi.encodeWithSelector(Machines.UnknownMachine.selector, offer.machine));
        vm.startPrank(owner);
        identity.onboard(stranger, identity.MANUFACTURER(), 0);
        vm.stopPrank();
        vm.prank(stranger);
        offer.machine = identity.registerMachine(SERIAL, machineKey);
        _refuse(offer, abi.encodeWithSelector(Machines.NotMachineOwner.selector, offer.machine, manufacturer));
    }

    function test_ShouldCheckTheTerms() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        offer.terms.token = stranger;
        _refuse(offer, abi.encodeWithSelector(RentalProvider.WrongToken.selector, stranger, address(token)));
        offer = _offer(customer, 1);
        offer.terms.minDeposit = DEPOSIT + 1;
        _refuse(offer, abi.encodeWithSelector(RentalProvider.DepositTooSmall.selector, DEPOSIT, DEPOSIT + 1));
        offer = _offer(customer, 1);
        offer.terms.challengePeriod = 90;
        _refuse(offer, abi.encodeWithSelector(RentalProvider.ChallengePeriodNotInMinutes.selector, 90));
        offer.terms.challengePeriod = type(uint32).max / 60 * 60;
        _refuse(
            offer,
            abi.encodeWithSelector(
                RentalProvider.ChallengePeriodTooLong.selector, offer.terms.challengePeriod
            )
        );
        offer.terms.challengePeriod = (uint32(MAX_PERIOD) + 1) * 60;
        _refuse(
            offer,
            abi.encodeWithSelector(
                PaymentProvider.PeriodOutOfBounds.selector, MAX_PERIOD + 1, MIN_PERIOD, MAX_PERIOD
            )
        );
        offer = _offer(customer, 1);
        offer.terms.bond = 5;
        _refuse(offer, abi.encodeWithSelector(Accounts.InsufficientBalance.selector, manufacturer, 0, 5));
    }

    function test_ShouldRefuseARentalFromOneselfToOneself() public {
        CremaTypes.Offer memory offer = _offer(address(0), 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        _expect(abi.encodeWithSelector(RentalProvider.SelfRental.selector, manufacturer));
        vm.prank(manufacturer);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
    }

    function test_ShouldBeDeployedForItsPaymentProvider() public {
        PaymentProvider other = new PaymentProvider(token, identity, stranger, MIN_PERIOD, MAX_PERIOD);
        _expect(abi.encodeWithSelector(RentalProvider.NotTheOpener.selector, stranger));
        new RentalProvider(identity, other, deliveries);
    }

    function testFuzz_ShouldConcludeWithAnyNonceAndDeposit(uint256 nonce, uint96 deposit) public {
        deposit = uint96(_bound(deposit, 10e6, 1_000_000e6));
        (, bytes32 channel) = _conclude(_offer(customer, nonce), MANUFACTURER_KEY, deposit);
        vm.assertEq(_stored(channel).deposited, deposit, "deposited");
        vm.assertTrue(rental.nonceUsed(manufacturer, nonce), "used");
        vm.assertFalse(rental.nonceUsed(manufacturer, nonce ^ 1), "its neighbour is not");
    }
}
