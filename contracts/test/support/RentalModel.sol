// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Accounts} from "../../src/Accounts.sol";
import {CremaTypes} from "../../src/CremaTypes.sol";
import {Downtime} from "../../src/Downtime.sol";
import {RentalProvider} from "../../src/RentalProvider.sol";
import {RentalTerm} from "../../src/RentalTerm.sol";
import {Vm} from "./Vm.sol";

/// @notice What the logs of a RentalProvider say, and nothing else.
contract RentalModel {
    struct Rental {
        address manufacturer;
        address customer;
        uint40 startedAt;
        uint40 endsAt;
        bool returned;
        uint96 claimed;
        uint96 credited;
        uint40 claimedUntil;
        uint40 minimumUntil;
        uint40 handedOverAt;
        uint16 openClaims;
        uint96 bond;
        address proposer;
        uint40 proposed;
    }

    struct Claim {
        bytes32 rental;
        uint96 amount;
        uint96 bond;
        uint40 payableAt;
        uint40 rulingUntil;
        bool open;
    }

    bytes32[] private _ids;
    bytes32[] private _claimIds;
    mapping(bytes32 => Rental) private _rentals;
    mapping(bytes32 => Claim) private _claims;
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public reservedOf;

    function ids() external view returns (bytes32[] memory) {
        return _ids;
    }

    function claimIds() external view returns (bytes32[] memory) {
        return _claimIds;
    }

    function rentals(bytes32 id) external view returns (Rental memory) {
        return _rentals[id];
    }

    function claims(bytes32 id) external view returns (Claim memory) {
        return _claims[id];
    }

    function fold(Vm.Log memory log) external {
        bytes32 kind = log.topics[0];
        bytes32 id = log.topics.length > 1 ? log.topics[1] : bytes32(0);
        address account = address(uint160(uint256(id)));
        if (kind == Accounts.Deposited.selector) {
            balanceOf[account] += abi.decode(log.data, (uint96));
        } else if (kind == Accounts.Withdrawn.selector) {
            balanceOf[account] -= abi.decode(log.data, (uint256));
        } else if (kind == RentalProvider.RentalConcluded.selector) {
            _ids.push(id);
            (_rentals[id].manufacturer, _rentals[id].customer,,) =
                abi.decode(log.data, (address, address, uint64, uint96));
        } else if (!_foldTerm(kind, _rentals[id], log)) {
            _foldBond(kind, id, log);
        }
    }

    function _foldTerm(bytes32 kind, Rental storage r, Vm.Log memory log) private returns (bool) {
        if (kind == RentalTerm.RentalBegun.selector) {
            (r.startedAt,) = abi.decode(log.data, (uint40, bytes32));
        } else if (kind == RentalTerm.RentalTerminated.selector) {
            r.endsAt = abi.decode(log.data, (uint40));
            r.proposed = 0;
        } else if (kind == RentalTerm.RenewalProposed.selector) {
            r.proposer = address(uint160(uint256(log.topics[2])));
            r.proposed = abi.decode(log.data, (uint40));
        } else if (kind == RentalTerm.RentalRenewed.selector) {
            r.minimumUntil = abi.decode(log.data, (uint40));
            (r.endsAt, r.proposed) = (0, 0);
        } else if (kind == RentalTerm.MachineHandedOver.selector) {
            r.handedOverAt = abi.decode(log.data, (uint40));
        } else if (kind == RentalTerm.MachineReturned.selector) {
            r.returned = true;
        } else {
            return false;
        }
        return true;
    }

    function _foldBond(bytes32 kind, bytes32 id, Vm.Log memory log) private {
        Rental storage r = _rentals[id];
        if (kind == Downtime.BondReserved.selector) {
            r.bond = abi.decode(log.data, (uint96));
            _reserve(r.manufacturer, r.bond);
        } else if (kind == Downtime.BondReleased.selector) {
            uint96 amount = abi.decode(log.data, (uint96));
            r.claimed += amount;
            _release(r.manufacturer, r.manufacturer, amount);
        } else {
            _foldClaim(kind, r, _claims[log.topics[2]], log);
        }
    }

    function _foldClaim(bytes32 kind, Rental storage r, Claim storage c, Vm.Log memory log) private {
        if (kind == Downtime.DowntimeClaimed.selector) {
            uint40 until;
            (, until, c.amount, c.payableAt,) =
                abi.decode(log.data, (uint40, uint40, uint96, uint40, bytes32));
            (c.rental, c.open, r.claimedUntil) = (log.topics[1], true, until);
            r.claimed += c.amount;
            r.openClaims++;
            _claimIds.push(log.topics[2]);
        } else if (kind == Downtime.DowntimeDisputed.selector) {
            (c.bond, c.rulingUntil) = abi.decode(log.data, (uint96, uint40));
            _reserve(r.manufacturer, c.bond);
        } else if (kind == Downtime.DowntimeRuled.selector) {
            bool forCustomer = abi.decode(log.data, (uint8)) == CremaTypes.FOR_CREDITOR;
            _release(r.manufacturer, forCustomer ? r.customer : r.manufacturer, c.bond);
            (c.bond, c.rulingUntil) = (0, 0);
        } else if (kind == Downtime.DowntimeCredited.selector) {
            r.credited += c.amount;
            _end(r, c, r.customer);
        } else {
            require(kind == Downtime.DowntimeRejected.selector, "unknown log");
            _end(r, c, r.manufacturer);
        }
    }

    function _end(Rental storage r, Claim storage c, address to) private {
        _release(r.manufacturer, to, c.amount);
        r.openClaims--;
        c.open = false;
    }

    function _reserve(address account, uint96 amount) private {
        balanceOf[account] -= amount;
        reservedOf[account] += amount;
    }

    function _release(address from, address to, uint96 amount) private {
        reservedOf[from] -= amount;
        balanceOf[to] += amount;
    }
}
