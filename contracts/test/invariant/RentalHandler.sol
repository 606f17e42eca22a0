// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CremaTestToken} from "../../src/CremaTestToken.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {Permits} from "../../src/Permits.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {RentalModel} from "../support/RentalModel.sol";
import {Vm} from "../support/Vm.sol";

/// @notice Random calls to a RentalProvider, by its parties, oracles and strangers. What is refused changes nothing; what
/// is done is told by logs, from which the model follows.
contract RentalHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    RentalProvider private immutable rental;
    CremaTestToken private immutable token;
    bytes32 private immutable machine;
    address private immutable manufacturer;
    address private immutable customer;
    address private immutable oracle;
    uint256 private immutable manufacturerKey;
    uint256 private immutable machineKey;
    address private constant STRANGER = address(0x57A6);

    RentalModel public immutable model;
    CremaTypes.Offer[] private _offers;
    bytes32[] private _ids;
    uint256 public done;

    constructor(
        RentalProvider rental_,
        bytes32 machine_,
        address customer_,
        address oracle_,
        uint256 manufacturerKey_,
        uint256 machineKey_
    ) {
        rental = rental_;
        token = CremaTestToken(address(rental_.token()));
        machine = machine_;
        customer = customer_;
        oracle = oracle_;
        manufacturerKey = manufacturerKey_;
        manufacturer = vm.addr(manufacturerKey_);
        machineKey = machineKey_;
        model = new RentalModel();
        vm.recordLogs();
    }

    function offers() external view returns (CremaTypes.Offer[] memory) {
        return _offers;
    }

    // --- calls

    function conclude(uint96 bond, uint96 cap, uint96 perHour, uint64 minimumTerm, uint32 notice) external {
        if (_offers.length == 12) return;
        CremaTypes.Terms memory t;
        t.token = address(token);
        t.challengePeriod = 7 days;
        (t.bond, t.downtimeCap, t.downtimePerHour) = (bond % 200e6, cap % 200e6, perHour % 20e6);
        (t.minimumTerm, t.notice) = (minimumTerm % 400 days, notice % 60 days);
        CremaTypes.Offer memory o =
            CremaTypes.Offer(manufacturer, customer, machine, t, type(uint64).max, _offers.length + 1);
        CremaTypes.Signature memory s;
        (s.r, s.vs) = vm.signCompact(manufacturerKey, rental.offerDigest(o));
        Permits.Permit memory none;
        if (_do(customer, abi.encodeCall(rental.conclude, (o, s, 1e6, none)))) {
            _offers.push(o);
            _ids.push(rental.offerDigest(o));
        }
    }

    function begin(uint256 which, uint256 who) external {
        if (_none()) return;
        _do(_party(who), abi.encodeCall(rental.begin, (_pick(which), customer, 0)));
    }

    function terminate(uint256 which, uint256 who) external {
        if (_none() || who % 4 != 0) return;
        _do(_party(who / 4), abi.encodeCall(rental.terminate, (_pick(which), customer)));
    }

    function renew(uint256 which, uint256 who, uint40 ahead, bool accept) external {
        if (_none()) return;
        CremaTypes.Offer memory o = _pick(which);
        if (accept) {
            uint40 proposed = rental.renewals(_ids[which % _ids.length]).minimumUntil;
            _do(_party(who), abi.encodeCall(rental.acceptRenewal, (o, customer, proposed)));
        } else {
            uint40 until = uint40(block.timestamp) + ahead % 400 days;
            _do(_party(who), abi.encodeCall(rental.proposeRenewal, (o, customer, until)));
        }
    }

    function bringBack(uint256 which, uint256 who, bool confirm) external {
        if (_none()) return;
        CremaTypes.Offer memory o = _pick(which);
        if (confirm) _do(_party(who), abi.encodeCall(rental.confirmReturn, (o, customer)));
        else _do(_party(who), abi.encodeCall(rental.handOver, (o, customer)));
    }

    function claim(uint256 which, uint256 who, uint40 gap, uint40 length, bool attested) external {
        if (_none()) return;
        bytes32 id = _ids[which % _ids.length];
        uint40 from = rental.courses(id).claimedUntil;
        if (from < rental.rentals(id).startedAt) from = rental.rentals(id).startedAt;
        from += gap % 2 hours;
        uint40 until = from + length % 2 days;
        if (attested) {
            _claimAttested(id, which, who, from, until);
        } else {
            _do(_party(who), abi.encodeCall(rental.claimDowntime, (_pick(which), customer, from, until, 0)));
        }
    }

    function dispute(uint256 which, uint256 who) external {
        _do(_party(who), abi.encodeCall(rental.disputeDowntime, (_claim(which))));
    }

    function credit(uint256 which, uint256 who) external {
        _do(_party(who), abi.encodeCall(rental.creditDowntime, (_claim(which))));
    }

    function settleDispute(uint256 which, uint256 how, uint256 who) external {
        bytes32 id = _claim(which);
        if (how % 3 == 0) {
            uint8 verdict = who % 2 == 0 ? CremaTypes.FOR_CREDITOR : CremaTypes.FOR_DEBTOR;
            _do(oracle, abi.encodeCall(rental.rule, (oracle, id, verdict)));
        } else if (how % 3 == 1) {
            _do(_party(who), abi.encodeCall(rental.giveIn, (id)));
        } else {
            _do(_party(who), abi.encodeCall(rental.endDispute, (id)));
        }
    }

    function releaseBond(uint256 which, uint256 who) external {
        if (_none()) return;
        _do(_party(who), abi.encodeCall(rental.releaseBond, (_pick(which), customer)));
    }

    function deposit(uint96 amount) external {
        amount = amount % 300e6 + 1;
        token.mint(manufacturer, amount);
        _do(manufacturer, abi.encodeCall(rental.deposit, (manufacturer, amount)));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address account = who % 2 == 0 ? manufacturer : customer;
        amount = amount % (rental.balanceOf(account) / 4 + 1);
        _do(account, abi.encodeCall(rental.withdraw, (amount, address(0xD00D))));
    }

    function pass(uint40 time) external {
        vm.warp(block.timestamp + time % 20 days);
    }

    // --- exits

    /// @notice Ends all rentals, waits, and takes everything out: each step must succeed.
    function takeEverythingOut() external {
        for (uint256 i = 0; i < _offers.length; i++) {
            if (rental.rentals(_ids[i]).endsAt == 0) {
                vm.prank(customer);
                rental.terminate(_offers[i], customer);
            }
        }
        vm.warp(block.timestamp + 4000 days);
        _endClaims();
        for (uint256 i = 0; i < _offers.length; i++) {
            if (rental.courses(_ids[i]).claimed < _offers[i].terms.bond) {
                rental.releaseBond(_offers[i], customer);
            }
        }
        _empty(manufacturer);
        _empty(customer);
    }

    function _endClaims() private {
        bytes32[] memory claims = model.claimIds();
        for (uint256 i = 0; i < claims.length; i++) {
            if (rental.disputes(claims[i]).rulingUntil != 0) rental.endDispute(claims[i]);
            else if (rental.claims(claims[i]).rental != 0) rental.creditDowntime(claims[i]);
        }
    }

    function _empty(address account) private {
        uint256 amount = rental.balanceOf(account);
        vm.prank(account);
        rental.withdraw(amount, address(0xD00D));
    }

    // --- parts

    function _claimAttested(bytes32 id, uint256 which, uint256 who, uint40 from, uint40 until) private {
        CremaTypes.Attestation memory a = CremaTypes.Attestation(
            machine, CremaTypes.downtimeId(id, from, until), CremaTypes.DOWN, uint64(block.timestamp), 0
        );
        CremaTypes.Signature memory s;
        (s.r, s.vs) = vm.signCompact(machineKey, rental.attestationDigest(a));
        _do(
            _party(who),
            abi.encodeCall(rental.claimAttestedDowntime, (_pick(which), customer, from, until, a, s))
        );
    }

    /// @dev Calls as `who`, and folds what was logged. A stranger only finishes what time has decided.
    function _do(address who, bytes memory data) private returns (bool ok) {
        bytes4 selector = bytes4(data);
        vm.prank(who);
        (ok,) = address(rental).call(data);
        // what a reverted call logged is recorded, too
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (!ok) return false;
        done++;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(rental)) model.fold(logs[i]);
        }
        if (who == STRANGER) {
            bool open = selector == rental.releaseBond.selector || selector == rental.creditDowntime.selector
                || selector == rental.endDispute.selector || selector == rental.confirmReturn.selector;
            vm.assertTrue(open, "R5: no third party");
        }
    }

    function _party(uint256 who) private view returns (address) {
        if (who % 8 == 7) return STRANGER;
        return who % 2 == 0 ? customer : manufacturer;
    }

    function _none() private view returns (bool) {
        return _offers.length == 0;
    }

    function _pick(uint256 which) private view returns (CremaTypes.Offer memory) {
        return _offers[which % _offers.length];
    }

    /// @dev One of the newest claims.
    function _claim(uint256 which) private view returns (bytes32) {
        bytes32[] memory claims = model.claimIds();
        if (claims.length == 0) return 0;
        uint256 back = which % 4;
        return claims[back < claims.length ? claims.length - 1 - back : 0];
    }
}
