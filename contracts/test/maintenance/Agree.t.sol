// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {Machines} from "../../src/Machines.sol";
import {OfferNonces} from "../../src/OfferNonces.sol";
import {Parties} from "../../src/Parties.sol";
import {ServiceAgreements} from "../../src/ServiceAgreements.sol";
import {ServiceTest} from "../support/ServiceTest.sol";

contract ServiceAgreeTest is ServiceTest {
    function _refuse(CremaTypes.ServiceAgreement memory terms, uint256 key, bytes memory failure) private {
        CremaTypes.Signature memory signature = _sign(terms, key);
        _expect(failure);
        vm.prank(terms.manufacturer);
        maintenance.agree(terms, signature);
    }

    function test_ShouldStoreTheAgreementUnderItsDigest() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.machine = machine;
        bytes32 id = maintenance.agreementDigest(terms);
        CremaTypes.Signature memory signature = _sign(terms, PROVIDER_KEY);
        vm.expectEmit(address(maintenance));
        emit ServiceAgreements.ServiceAgreed(id, manufacturer, provider, terms);
        vm.prank(manufacturer);
        vm.assertEq(maintenance.agree(terms, signature), id, "id");
        ServiceAgreements.Agreement memory stored = maintenance.agreements(id);
        vm.assertEq(
            keccak256(abi.encode(stored)),
            keccak256(
                abi.encode(
                    ServiceAgreements.Agreement(
                        manufacturer,
                        FEE,
                        provider,
                        PENALTY_CAP,
                        BONUS_PER_HOUR,
                        BONUS_CAP,
                        RESPONSE,
                        REPAIR,
                        PENALTY_PER_HOUR,
                        BOND,
                        INSPECTION,
                        false,
                        machine
                    )
                )
            ),
            "stored"
        );
        vm.assertTrue(maintenance.nonceUsed(provider, 2), "nonce");
    }

    function test_ShouldObeyActingKeys() public {
        vm.prank(manufacturer);
        payment.setSigner(acting);
        vm.prank(provider);
        payment.setSigner(employee);
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        CremaTypes.Signature memory signature = _sign(terms, EMPLOYEE_KEY);
        vm.prank(acting);
        maintenance.agree(terms, signature);
        _refuse(
            _terms(provider, 3),
            PROVIDER_KEY,
            abi.encodeWithSelector(
                Parties.NotSignedBy.selector,
                provider,
                maintenance.agreementDigest(_terms(provider, 3)),
                provider,
                employee
            )
        );
    }

    function test_RevertWhen_TheCallerIsNotTheManufacturer() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        CremaTypes.Signature memory signature = _sign(terms, PROVIDER_KEY);
        _expect(_notAllowed(provider, manufacturer));
        vm.prank(provider);
        maintenance.agree(terms, signature);
    }

    function test_RevertWhen_Expired() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        vm.warp(terms.validUntil);
        _agree(terms, PROVIDER_KEY);
        vm.warp(terms.validUntil + 1);
        terms.nonce = 3;
        _refuse(
            terms,
            PROVIDER_KEY,
            abi.encodeWithSelector(
                ServiceAgreements.AgreementExpired.selector, terms.validUntil, terms.validUntil + 1
            )
        );
    }

    function test_RevertWhen_AnotherSigned() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        bytes32 id = maintenance.agreementDigest(terms);
        _refuse(
            terms,
            STRANGER_KEY,
            abi.encodeWithSelector(Parties.NotSignedBy.selector, provider, id, stranger, provider)
        );
        _expect(abi.encodeWithSelector(Parties.NotSignedBy.selector, provider, id, address(0), provider));
        vm.prank(manufacturer);
        maintenance.agree(terms, CremaTypes.Signature(0, 0));
    }

    function test_RevertWhen_OneAgreesWithOneself() public {
        _refuse(
            _terms(manufacturer, 2),
            MANUFACTURER_KEY,
            abi.encodeWithSelector(ServiceAgreements.SelfService.selector, manufacturer)
        );
    }

    function test_RevertWhen_ARoleIsMissing() public {
        _refuse(
            _terms(stranger, 2),
            STRANGER_KEY,
            abi.encodeWithSelector(IdentityProvider.MissingRole.selector, stranger, 8)
        );
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.manufacturer = customer;
        _refuse(
            terms, PROVIDER_KEY, abi.encodeWithSelector(IdentityProvider.MissingRole.selector, customer, 1)
        );
    }

    function test_RevertWhen_TheMachineIsNotTheManufacturers() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.machine = FAULT;
        _refuse(terms, PROVIDER_KEY, abi.encodeWithSelector(Machines.UnknownMachine.selector, FAULT));
        vm.startPrank(owner);
        identity.onboard(stranger, 1, 0);
        vm.stopPrank();
        terms.manufacturer = stranger;
        terms.machine = machine;
        _refuse(
            terms, PROVIDER_KEY, abi.encodeWithSelector(Machines.NotMachineOwner.selector, machine, stranger)
        );
    }

    function test_RevertWhen_TimesAreOutOfOrder() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        (terms.responseTime, terms.repairTime) = (0, 0);
        _refuse(terms, PROVIDER_KEY, abi.encodeWithSelector(ServiceAgreements.TimesOutOfOrder.selector, 0, 0));
        (terms.responseTime, terms.repairTime) = (11, 10);
        _refuse(
            terms, PROVIDER_KEY, abi.encodeWithSelector(ServiceAgreements.TimesOutOfOrder.selector, 11, 10)
        );
    }

    function test_RevertWhen_TimesAreTooLong() public {
        uint32 longest = maintenance.LONGEST_TIME();
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.repairTime = longest + 1;
        bytes memory failure =
            abi.encodeWithSelector(ServiceAgreements.TimeTooLong.selector, longest + 1, longest);
        _refuse(terms, PROVIDER_KEY, failure);
        terms.repairTime = longest;
        terms.inspectionTime = longest + 1;
        _refuse(terms, PROVIDER_KEY, failure);
        terms.inspectionTime = longest;
        _agree(terms, PROVIDER_KEY);
    }

    function test_RevertWhen_FeeAndBonusAreMoreThanAnAmount() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 2);
        terms.fee = type(uint96).max;
        terms.bonusCap = 1;
        _refuse(
            terms,
            PROVIDER_KEY,
            abi.encodeWithSelector(ServiceAgreements.FeeTooLarge.selector, type(uint96).max, 1)
        );
        terms.bonusCap = 0;
        _agree(terms, PROVIDER_KEY);
    }

    function test_RevertWhen_TheNonceIsUsedOrCancelled() public {
        CremaTypes.ServiceAgreement memory terms = _terms(provider, 1);
        terms.fee = 1;
        _refuse(terms, PROVIDER_KEY, abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, provider, 1));
        vm.prank(provider);
        maintenance.cancelOffer(9);
        terms.nonce = 9;
        _refuse(terms, PROVIDER_KEY, abi.encodeWithSelector(OfferNonces.OfferNonceUsed.selector, provider, 9));
    }
}
