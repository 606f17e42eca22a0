package io.crema.contracts.settlement;

import io.crema.contracts.crypto.Words;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.RequestId;

/**
 * The ids of effects and intents. An effect is named by what it changes, so that whoever wants it again means the same
 * one; an intent is one attempt at it, and the next attempt exists only after this one has failed for good or was
 * reversed. Pure.
 */
public final class Effects {
    private Effects() {}

    /** {@code keccak256(abi.encode(uint256 chainId, address contract, bytes32 kind, bytes32 subject, bytes32 value))}. */
    public static Hash effect(long chainId, Address contract, EffectKind kind, Hash subject, Hash value) {
        return new Words(5)
                .u64(chainId)
                .address(contract)
                .hash(kind.hash())
                .hash(subject)
                .hash(value)
                .keccak();
    }

    /** Redeem the channel up to the total. */
    public static Hash redeem(long chainId, Address paymentProvider, ChannelId channel, Amount total) {
        var value = Hash.of(new Words(1).amount(total).toBytes());
        return effect(chainId, paymentProvider, EffectKind.REDEEM, channel.value(), value);
    }

    /** Ask for the service that the fault calls for. */
    public static Hash requestService(long chainId, Address maintenanceProvider, RequestId request, Hash fault) {
        return effect(chainId, maintenanceProvider, EffectKind.REQUEST_SERVICE, request.value(), fault);
    }

    /**
     * {@code keccak256(abi.encode(bytes32 effect, uint256 attempt))}.
     *
     * @param attempt counts from 1
     */
    public static Hash intent(Hash effect, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts count from 1, got " + attempt);
        }
        return new Words(2).hash(effect).u64(attempt).keccak();
    }
}
