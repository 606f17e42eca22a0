// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {IdentityProvider} from "../../src/IdentityProvider.sol";
import {MaintenanceProvider} from "../../src/MaintenanceProvider.sol";
import {Owners} from "../../src/Owners.sol";
import {PaymentProvider} from "../../src/PaymentProvider.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {SupplyProvider} from "../../src/SupplyProvider.sol";
import {StatedDeliveries} from "./StatedDeliveries.sol";
import {Vm} from "./Vm.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice A chain with all contracts, a manufacturer with one machine, and a customer who has tokens.
abstract contract CremaTest {
    // what forge looks for to call this contract a test
    bool public constant IS_TEST = true;

    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint64 internal constant START = 1_790_000_000;
    uint24 internal constant MIN_PERIOD = 60;
    uint24 internal constant MAX_PERIOD = 30 days / 1 minutes;
    uint24 internal constant PERIOD = 7 days / 1 minutes;
    uint96 internal constant DEPOSIT = 100e6;
    bytes32 internal constant HISTORY = keccak256("history");
    string internal constant SERIAL = "CM-0000000001";

    uint256 internal constant OWNER_KEY = 0xA1;
    uint256 internal constant CUSTOMER_KEY = 0xA2;
    uint256 internal constant MANUFACTURER_KEY = 0xA3;
    uint256 internal constant EMPLOYEE_KEY = 0xA4;
    uint256 internal constant ACTING_KEY = 0xA5;
    uint256 internal constant STRANGER_KEY = 0xA6;
    uint256 internal constant MACHINE_KEY = 0xA7;
    uint256 internal constant PROVIDER_KEY = 0xB1;
    uint256 internal constant BACKUP_KEY = 0xB2;
    uint256 internal constant SUPPLIER_KEY = 0xB3;
    uint256 internal constant ORACLE_KEY = 0xB4;
    uint256 internal constant CARRIER_KEY = 0xB5;

    address internal owner = vm.addr(OWNER_KEY);
    address internal customer = vm.addr(CUSTOMER_KEY);
    address internal manufacturer = vm.addr(MANUFACTURER_KEY);
    address internal employee = vm.addr(EMPLOYEE_KEY);
    address internal acting = vm.addr(ACTING_KEY);
    address internal stranger = vm.addr(STRANGER_KEY);
    address internal machineKey = vm.addr(MACHINE_KEY);
    address internal provider = vm.addr(PROVIDER_KEY);
    address internal backup = vm.addr(BACKUP_KEY);
    address internal supplier = vm.addr(SUPPLIER_KEY);
    address internal oracle = vm.addr(ORACLE_KEY);
    address internal carrier = vm.addr(CARRIER_KEY);

    CremaTestToken internal token;
    IdentityProvider internal identity;
    PaymentProvider internal payment;
    StatedDeliveries internal deliveries;
    RentalProvider internal rental;
    MaintenanceProvider internal maintenance;
    SupplyProvider internal supply;
    bytes32 internal machine;

    function setUp() public virtual {
        vm.warp(START);
        token = new CremaTestToken();
        address[] memory owners = new address[](1);
        owners[0] = owner;
        identity = new IdentityProvider(owners, 1);
        deliveries = new StatedDeliveries(customer);
        address opener = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 2);
        payment = new PaymentProvider(token, identity, opener, MIN_PERIOD, MAX_PERIOD);
        supply = new SupplyProvider(identity, payment);
        rental = new RentalProvider(identity, payment, deliveries);
        maintenance = new MaintenanceProvider(identity, payment);

        vm.startPrank(owner);
        identity.onboard(customer, identity.CUSTOMER(), "customer");
        identity.onboard(manufacturer, identity.MANUFACTURER(), "manufacturer");
        identity.onboard(provider, identity.SERVICE_PROVIDER(), "provider");
        identity.onboard(backup, identity.SERVICE_PROVIDER(), "backup");
        identity.onboard(supplier, identity.SUPPLIER(), "supplier");
        identity.onboard(oracle, 0, "oracle");
        identity.onboard(carrier, 0, "carrier");
        vm.stopPrank();
        _decide(Owners.Kind.SET_ROLES, oracle, identity.ORACLE());
        _decide(Owners.Kind.SET_ROLES, carrier, identity.ORACLE());
        vm.prank(manufacturer);
        machine = identity.registerMachine(SERIAL, machineKey);
        token.mint(customer, 1_000_000e6);
        vm.prank(customer);
        token.approve(address(payment), type(uint256).max);
    }

    // --- votes

    /// @dev Decides by the vote of the one owner.
    function _decide(Owners.Kind kind, address account, uint256 value) internal {
        vm.startPrank(owner);
        identity.execute(identity.propose(kind, account, value));
        vm.stopPrank();
    }

    // --- channels

    function _id(uint64 index) internal view returns (bytes32) {
        return CremaTypes.channelId(customer, manufacturer, index);
    }

    function _open(uint64 index, uint96 deposit) internal returns (bytes32) {
        vm.prank(address(rental));
        return payment.open(customer, manufacturer, index, deposit, PERIOD);
    }

    struct Channel {
        uint96 deposited;
        uint96 redeemed;
        uint40 closeAt;
        uint24 periodMinutes;
    }

    function _stored(bytes32 channel) internal view returns (Channel memory c) {
        (c.deposited, c.redeemed, c.closeAt, c.periodMinutes) = payment.channels(channel);
    }

    // --- receipts and badges

    function _unsigned(uint64 index, uint64 sequence, uint96 total)
        internal
        view
        returns (PaymentProvider.Redemption memory r)
    {
        r.customer = customer;
        r.index = index;
        r.sequence = sequence;
        r.total = total;
        r.history = HISTORY;
    }

    function _sign(PaymentProvider.Redemption memory r, uint256 key)
        internal
        view
        returns (PaymentProvider.Redemption memory)
    {
        bytes32 channel = CremaTypes.channelId(r.customer, manufacturer, r.index);
        bytes32 hash = CremaTypes.hash(CremaTypes.Receipt(channel, r.sequence, r.total, r.history));
        (r.r, r.vs) = vm.signCompact(key, _paymentDigest(hash));
        return r;
    }

    /// @dev A receipt signed by the customer's own key.
    function _byCustomer(uint64 index, uint96 total)
        internal
        view
        returns (PaymentProvider.Redemption memory)
    {
        return _sign(_unsigned(index, 1, total), CUSTOMER_KEY);
    }

    function _plainBadge() internal view returns (PaymentProvider.Badge memory b) {
        b.employee = employee;
        b.maxTotal = type(uint96).max;
        b.validFrom = START;
        b.validUntil = START + 365 days;
    }

    function _signBadge(PaymentProvider.Badge memory b, uint256 key)
        internal
        view
        returns (PaymentProvider.Badge memory)
    {
        (b.r, b.vs) = vm.signCompact(key, _badgeDigest(b));
        return b;
    }

    function _badgeDigest(PaymentProvider.Badge memory b) internal view returns (bytes32) {
        return _paymentDigest(
            CremaTypes.hash(
                CremaTypes.Badge(
                    customer, b.employee, b.channel, b.maxTotal, b.epoch, b.validFrom, b.validUntil
                )
            )
        );
    }

    /// @dev A receipt signed by the employee, whose badge the customer's own key signed.
    function _byEmployee(uint64 index, uint96 total, PaymentProvider.Badge memory badge)
        internal
        view
        returns (PaymentProvider.BadgedRedemption memory r)
    {
        return _byEmployee(index, total, badge, CUSTOMER_KEY);
    }

    function _byEmployee(uint64 index, uint96 total, PaymentProvider.Badge memory badge, uint256 badgeKey)
        internal
        view
        returns (PaymentProvider.BadgedRedemption memory r)
    {
        r.redemption = _sign(_unsigned(index, 1, total), EMPLOYEE_KEY);
        r.badge = _signBadge(badge, badgeKey);
    }

    function _receiptDigest(PaymentProvider.Redemption memory r) internal view returns (bytes32) {
        bytes32 channel = CremaTypes.channelId(r.customer, manufacturer, r.index);
        return _paymentDigest(CremaTypes.hash(CremaTypes.Receipt(channel, r.sequence, r.total, r.history)));
    }

    function _paymentDigest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(payment.domainSeparator(), structHash);
    }

    // --- rentals

    function _terms() internal view returns (CremaTypes.Terms memory t) {
        t.token = address(token);
        t.minDeposit = 10e6;
        t.challengePeriod = uint32(PERIOD) * 60;
        t.minimumTerm = 180 days;
        t.notice = 30 days;
        t.document = keccak256("document");
    }

    function _offer(address to, uint256 nonce) internal view returns (CremaTypes.Offer memory) {
        return CremaTypes.Offer(manufacturer, to, machine, _terms(), START + 1 days, nonce);
    }

    function _signOffer(CremaTypes.Offer memory offer, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, rental.offerDigest(offer));
    }

    function _signAcceptance(CremaTypes.Acceptance memory acceptance, uint256 key)
        internal
        view
        returns (CremaTypes.Signature memory s)
    {
        (s.r, s.vs) = vm.signCompact(key, rental.acceptanceDigest(acceptance));
    }

    function _noPermit() internal pure returns (Permits.Permit memory) {}

    function _permit(uint256 key, uint256 value, uint256 deadline)
        internal
        view
        returns (Permits.Permit memory p)
    {
        address from = vm.addr(key);
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
                ),
                from,
                address(payment),
                value,
                token.nonces(from),
                deadline
            )
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(token.DOMAIN_SEPARATOR(), hash);
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        p = Permits.Permit(value, deadline, r, vs);
    }

    // --- expectations

    function _expect(bytes memory revertData) internal {
        vm.expectRevert(revertData);
    }

    function _bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        if (x >= min && x <= max) return x;
        return max - min == type(uint256).max ? x : min + (x % (max - min + 1));
    }
}
