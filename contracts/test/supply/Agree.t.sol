// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {SupplyAgreements} from "../../src/SupplyAgreements.sol";
import {SupplyTest} from "../support/SupplyTest.sol";

contract SupplyAgreeTest is SupplyTest {
    function _refuse(CremaTypes.SupplyAgreement memory terms, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(terms, key);
        _expect(failure);
        vm.prank(terms.buyer);
        supply.agree(terms, signature);
    }

    function test_ShouldStoreTheAgreementUnderItsDigest() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        bytes32 id = supply.agreementDigest(terms);
        CremaTypes.Signature memory signature = _sign(terms, SUPPLIER_KEY);
        vm.expectEmit(address(supply));
        emit SupplyAgreements.SupplyAgreed(id, customer, supplier, terms);
        vm.prank(customer);
        vm.assertEq(supply.agree(terms, signature), id, "id");
        vm.assertEq(
            keccak256(abi.encode(supply.agreements(id))),
            keccak256(
                abi.encode(
                    SupplyAgreements.Agreement(
                        customer,
                        PRICE,
                        supplier,
                        PENALTY_CAP,
                        PENALTY_PER_DAY,
                        BOND,
                        MOST,
                        DELIVERY,
                        INSPECTION,
                        false
                    )
                )
            ),
            "stored"
        );
        vm.assertTrue(supply.nonceUsed(supplier, 2), "nonce");
    }

    function test_ShouldLetAManufacturerBuy() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        terms.buyer = manufacturer;
        _agree(terms, SUPPLIER_KEY);
    }

    function test_RevertWhen_TheCallerIsNotTheBuyer() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        CremaTypes.Signature memory signature = _sign(terms, SUPPLIER_KEY);
        _expect(_notAllowed(supplier, customer));
        vm.prank(supplier);
        supply.agree(terms, signature);
    }

    function test_RevertWhen_Expired() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        vm.warp(terms.validUntil + 1);
        _refuse(
            terms,
            SUPPLIER_KEY,
            abi.encodeWithSelector(
                SupplyAgreements.AgreementExpired.selector, terms.validUntil, terms.validUntil + 1
            )
        );
        vm.warp(terms.validUntil);
        _agree(terms, SUPPLIER_KEY);
    }

    function test_RevertWhen_AnotherSigned() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        _refuse(
            terms,
            STRANGER_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector, supplier, supply.agreementDigest(terms), stranger, supplier
            )
        );
    }

    function test_RevertWhen_ThePartiesAreWrong() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        terms.supplier = customer;
        _refuse(terms, CUSTOMER_KEY, abi.encodeWithSelector(SupplyAgreements.SelfSupply.selector, customer));
        terms.supplier = stranger;
        _refuse(
            terms, STRANGER_KEY, abi.encodeWithSelector(IdentityProvider.MissingRole.selector, stranger, 16)
        );
        terms = _terms(2);
        terms.buyer = stranger;
        _refuse(terms, SUPPLIER_KEY, abi.encodeWithSelector(SupplyAgreements.NotABuyer.selector, stranger));
    }

    function test_RevertWhen_TheTermsGoTooFar() public {
        CremaTypes.SupplyAgreement memory terms = _terms(2);
        terms.inspectionTime = 90 days + 1;
        _refuse(
            terms,
            SUPPLIER_KEY,
            abi.encodeWithSelector(SupplyAgreements.InspectionTooLong.selector, 90 days + 1, 90 days)
        );
        terms = _terms(2);
        (terms.unitPrice, terms.maxQuantity) = (type(uint96).max / 2 + 1, 2);
        _refuse(
            terms,
            SUPPLIER_KEY,
            abi.encodeWithSelector(
                SupplyAgreements.OrdersTooLarge.selector, terms.unitPrice, terms.maxQuantity
            )
        );
        (terms.unitPrice, terms.inspectionTime) = (type(uint96).max / 2, 90 days);
        _agree(terms, SUPPLIER_KEY);
    }

    function test_RevertWhen_TheNonceIsUsedOrCancelled() public {
        CremaTypes.SupplyAgreement memory terms = _terms(1);
        terms.unitPrice = 1;
        _refuse(terms, SUPPLIER_KEY, abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, supplier, 1));
        vm.prank(supplier);
        supply.cancelOffer(7);
        terms.nonce = 7;
        _refuse(terms, SUPPLIER_KEY, abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, supplier, 7));
    }

    function test_ShouldEndAnAgreementForNewOrders() public {
        _shipped();
        vm.expectEmit(address(supply));
        emit SupplyAgreements.SupplyAgreementEnded(agreement, supplier);
        vm.prank(supplier);
        supply.endAgreement(agreement);
        _expect(abi.encodeWithSelector(SupplyAgreements.AgreementEnded.selector, agreement));
        vm.prank(customer);
        supply.order(agreement, REASON, 1, 0, 0, address(0));
        _confirm(customer, 10);
        _assertMoney(0, 10 * PRICE);
    }

    function test_RevertWhen_ItCannotBeEnded() public {
        _expect(abi.encodeWithSelector(SupplyAgreements.AgreementUnknown.selector, REASON));
        supply.endAgreement(REASON);
        _expect(_notAllowed(stranger, customer));
        vm.prank(stranger);
        supply.endAgreement(agreement);
        vm.startPrank(customer);
        vm.expectEmit(address(supply));
        emit SupplyAgreements.SupplyAgreementEnded(agreement, customer);
        supply.endAgreement(agreement);
        _expect(abi.encodeWithSelector(SupplyAgreements.AgreementEnded.selector, agreement));
        supply.endAgreement(agreement);
    }

    function test_ShouldLetAMachineOrder() public {
        vm.expectEmit(address(supply));
        emit SupplyAgreements.OrderingMachineChanged(agreement, machine, true);
        _allowMachine();
        vm.assertTrue(supply.mayOrder(agreement, machine), "may");
        vm.prank(customer);
        supply.setOrderingMachine(agreement, machine, false);
        vm.assertFalse(supply.mayOrder(agreement, machine), "may not");
        _expect(_notAllowed(manufacturer, customer));
        vm.prank(manufacturer);
        supply.setOrderingMachine(agreement, machine, true);
    }
}
