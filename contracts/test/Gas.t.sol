// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTypes} from "../src/CremaTypes.sol";
import {PaymentProvider} from "../src/PaymentProvider.sol";
import {Permits} from "../src/Permits.sol";
import {CremaTest} from "./support/CremaTest.sol";

/// @notice What each transaction costs, the 21,000 and its calldata included; committed in snapshots/ and checked.
/// forge-config: default.isolate = true
contract GasTest is CremaTest {
    string internal constant GROUP = "gas";

    function setUp() public override {
        super.setUp();
        _open(101, DEPOSIT);
        payment.redeem(manufacturer, _byCustomer(101, 1e6));
    }

    function test_Gas_Redeem() public {
        payment.redeem(manufacturer, _byCustomer(101, 2e6));
        vm.snapshotGasLastCall(GROUP, "redeem, signed by the customer");
        payment.redeemWithBadge(manufacturer, _byEmployee(101, 3e6, _plainBadge()));
        vm.snapshotGasLastCall(GROUP, "redeem, signed by an employee with a badge");
        payment.redeemWithBadge(manufacturer, _byEmployee(101, 3e6, _plainBadge()));
        vm.snapshotGasLastCall(GROUP, "redeem, a replay");
    }

    function test_Gas_RedeemMany() public {
        PaymentProvider.BadgedRedemption[] memory rs = new PaymentProvider.BadgedRedemption[](10);
        for (uint64 i = 0; i < 10; i++) {
            if (i > 0) _open(i + 101, DEPOSIT);
            rs[i] = _byEmployee(i + 101, 10e6, _plainBadge());
        }
        payment.redeemMany(manufacturer, new PaymentProvider.Redemption[](0), rs);
        vm.snapshotGasLastCall(GROUP, "redeemMany, 10 channels of one payee with badges");
    }

    function test_Gas_TopUp() public {
        vm.prank(customer);
        payment.topUp(customer, manufacturer, 101, 1e6);
        vm.snapshotGasLastCall(GROUP, "topUp");
    }

    function test_Gas_Close() public {
        vm.prank(customer);
        payment.requestClose(manufacturer, 101);
        vm.snapshotGasLastCall(GROUP, "requestClose");
        vm.prank(manufacturer);
        payment.close(customer, manufacturer, 101);
        vm.snapshotGasLastCall(GROUP, "close");
        vm.prank(customer);
        payment.withdraw(customer);
        vm.snapshotGasLastCall(GROUP, "withdraw");
    }

    function test_Gas_Conclude() public {
        CremaTypes.Offer memory offer = _offer(customer, 1);
        CremaTypes.Signature memory signature = _signOffer(offer, MANUFACTURER_KEY);
        Permits.Permit memory permit = _permit(CUSTOMER_KEY, DEPOSIT, START + 1);
        vm.prank(customer);
        rental.conclude(offer, signature, DEPOSIT, permit);
        vm.snapshotGasLastCall(GROUP, "conclude, with a permit");
        offer.nonce = 2;
        signature = _signOffer(offer, MANUFACTURER_KEY);
        vm.startPrank(customer);
        token.approve(address(payment), type(uint256).max);
        rental.conclude(offer, signature, DEPOSIT, _noPermit());
        vm.snapshotGasLastCall(GROUP, "conclude, no permit, not the first");
    }

    function test_Gas_RequestService() public {
        vm.prank(manufacturer);
        maintenance.requestService(machine, keccak256("fault"), keccak256("evidence"));
        vm.snapshotGasLastCall(GROUP, "requestService");
    }
}
