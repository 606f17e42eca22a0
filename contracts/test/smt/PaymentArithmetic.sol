// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The arithmetic of PaymentProvider alone, a step at a time: one channel, what its two sides are credited, and
/// the tokens held for them. For each step, from any sound state and with any arguments, solc's SMTChecker proves that
/// nothing overflows or underflows, that no cast cuts anything off, and that the state after it is sound. The state at
/// the start is sound, so by induction every state is (bin/smt runs this).
/// The expressions are those of PaymentProvider, in functions of the same names; a change there is a change here.
/// Signatures, ids and the token are left out: every call that they could refuse is allowed here.
contract PaymentArithmetic {
    /// @dev Sound: no channel pays more than it was given, and what is held is owed to somebody, to the unit. A credit
    /// is a sum of parts of deposits, each below 2^96: it takes 2^60 full channels to reach 2^156.
    function _sound(
        uint96 deposited,
        uint96 redeemed,
        bool closed,
        uint256 payeeCredit,
        uint256 customerCredit,
        uint256 held
    ) private pure returns (bool) {
        if (redeemed > deposited || payeeCredit > 2 ** 156 || customerCredit > 2 ** 156) {
            return false;
        }
        uint256 left = 0;
        if (!closed) left = deposited - redeemed;
        return held == left + payeeCredit + customerCredit;
    }

    function start() external pure {
        assert(_sound(0, 0, false, 0, 0, 0));
    }

    /// @dev A channel that is not open yet holds nothing and owes nothing.
    function open(uint96 deposit, uint256 payeeCredit, uint256 customerCredit, uint256 held) external pure {
        require(_sound(0, 0, false, payeeCredit, customerCredit, held));
        held += deposit;
        assert(_sound(deposit, 0, false, payeeCredit, customerCredit, held));
    }

    function topUp(
        uint96 deposited,
        uint96 redeemed,
        uint256 payeeCredit,
        uint256 customerCredit,
        uint256 held,
        uint96 amount
    ) external pure {
        require(_sound(deposited, redeemed, false, payeeCredit, customerCredit, held));
        require(amount > 0);
        require(amount <= type(uint96).max - deposited);
        uint96 before = deposited;
        deposited += amount;
        held += amount;
        assert(deposited > before);
        assert(_sound(deposited, redeemed, false, payeeCredit, customerCredit, held));
    }

    /// @dev Two rows of one channel in one call, as redeemMany judges them: the second after the first was written
    /// down. With the second total 0 it is a redeem.
    function redeemMany(
        uint96 deposited,
        uint96 redeemed,
        bool closed,
        uint256 payeeCredit,
        uint256 customerCredit,
        uint256 held,
        uint96 first,
        uint96 second
    ) external pure {
        require(_sound(deposited, redeemed, closed, payeeCredit, customerCredit, held));
        require(payeeCredit < 2 ** 155);
        uint96 before = redeemed;
        uint256 sum = 0;
        uint96 covered = first < deposited ? first : deposited;
        if (covered > redeemed && !closed) {
            uint96 paid = covered - redeemed;
            redeemed = redeemed + paid;
            sum += paid;
        }
        covered = second < deposited ? second : deposited;
        if (covered > redeemed && !closed) {
            uint96 paid = covered - redeemed;
            redeemed = redeemed + paid;
            sum += paid;
        }
        // so the cast to uint160 cuts nothing off
        assert(sum <= type(uint96).max);
        uint256 credit = payeeCredit + sum;
        assert(credit <= type(uint160).max);
        assert(redeemed >= before);
        assert(redeemed == before || redeemed <= first || redeemed <= second);
        assert(redeemed - before == sum);
        assert(_sound(deposited, redeemed, closed, credit, customerCredit, held));
    }

    function close(
        uint96 deposited,
        uint96 redeemed,
        uint256 payeeCredit,
        uint256 customerCredit,
        uint256 held
    ) external pure {
        require(_sound(deposited, redeemed, false, payeeCredit, customerCredit, held));
        require(customerCredit < 2 ** 155);
        uint96 remainder = deposited - redeemed;
        customerCredit += remainder;
        assert(_sound(deposited, redeemed, true, payeeCredit, customerCredit, held));
    }

    /// @dev Of either side: the other's credit stands for all else that is held.
    function withdraw(
        uint96 deposited,
        uint96 redeemed,
        bool closed,
        uint256 credit,
        uint256 otherCredit,
        uint256 held
    ) external pure {
        require(_sound(deposited, redeemed, closed, credit, otherCredit, held));
        uint256 amount = credit;
        credit = 0;
        held -= amount;
        assert(_sound(deposited, redeemed, closed, credit, otherCredit, held));
    }

    /// @dev When a requested close may be made; in any block before the year 19,000.
    function requestClose(uint256 time, uint24 periodMinutes) external pure {
        require(time < 2 ** 39);
        require(periodMinutes > 0);
        uint256 wide = time + uint256(periodMinutes) * 60;
        assert(wide > time);
        assert(wide < type(uint40).max);
    }

    /// @dev The last second at which a badge counts.
    function badgeExpiry(uint64 validUntil, uint24 periodMinutes) external pure {
        uint256 countsUntil = uint256(validUntil) + uint256(periodMinutes) * 60;
        assert(countsUntil >= validUntil);
    }

    /// @dev Until when a replaced key stays payable: the longest period from now.
    function overlap(uint256 time, uint24 maxPeriodMinutes) external pure {
        require(time < 2 ** 39);
        uint40 length = uint40(maxPeriodMinutes) * 60;
        assert(time + length < type(uint40).max);
    }
}
