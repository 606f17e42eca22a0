package io.crema.ingest.gateway.fold;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.MachineId;
import io.crema.events.Origin;
import io.crema.events.RentalConcluded;
import io.crema.schemas.convert.Convert;

/**
 * A machine's rental.
 *
 * @param reversed a reorg took it back, and nothing has brought it again
 */
public record Rental(
        MachineId machine,
        ChannelId channel,
        Address customer,
        Address payee,
        long index,
        long block,
        int logIndex,
        boolean reversed) {

    static Rental of(RentalConcluded event) {
        Origin origin = event.getOrigin();
        return new Rental(
                Convert.machine(event.getMachine()),
                Convert.channel(event.getChannel()),
                Convert.address(event.getCustomer()),
                Convert.address(event.getManufacturer()),
                event.getIndex(),
                origin.getBlockNumber(),
                origin.getLogIndex(),
                false);
    }

    Rental takenBack() {
        return new Rental(machine, channel, customer, payee, index, block, logIndex, true);
    }
}
