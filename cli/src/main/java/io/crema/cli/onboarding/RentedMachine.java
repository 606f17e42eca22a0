package io.crema.cli.onboarding;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;

/**
 * A machine with the rental it stands in.
 *
 * @param serial the manufacturer's serial number
 * @param key signs the machine's hellos, failures and telemetry
 * @param index of the channel between customer and manufacturer
 * @param deposited on chain when this was made
 */
public record RentedMachine(
        String serial,
        MachineId machine,
        SigningKey key,
        Party customer,
        ChannelId channel,
        long index,
        Amount deposited) {

    /** The same after a top-up. */
    public RentedMachine withDeposit(Amount all) {
        return new RentedMachine(serial, machine, key, customer, channel, index, all);
    }
}
