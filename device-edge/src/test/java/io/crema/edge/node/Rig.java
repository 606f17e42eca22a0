package io.crema.edge.node;

import io.crema.contracts.tap.ApduHandler;
import io.crema.contracts.tap.TapLink;
import io.crema.contracts.tap.TapLostException;
import io.crema.contracts.value.ProductId;
import io.crema.edge.Office;
import io.crema.edge.Provisioning;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.world.SimulatedHardware;
import io.crema.phone.PhoneCard;

/** One node on a journal, with its body, in an office. */
final class Rig {
    final Office office;
    final SimulatedHardware body;
    final Ledger ledger;
    final EdgeNode node;
    Provisioning told;

    Rig(Office office, AppendLog log, SimulatedHardware body) {
        this(office, log, body, Caps.NONE);
    }

    Rig(Office office, AppendLog log, SimulatedHardware body, Caps caps) {
        this.office = office;
        this.body = body;
        this.told = office.provisioning;
        this.ledger = new Ledger(log, office.channel, 20_000);
        this.node = new EdgeNode(
                Knowledge.inMemory(() -> told),
                office.machineKey,
                ledger,
                body,
                NodeClock.told(() -> office.now),
                office.random,
                caps);
    }

    TapOutcome press(ProductId product, ApduHandler phone) {
        return press(new Press(product, office.attempt()), phone, Integer.MAX_VALUE, false);
    }

    /** The phone is taken away at exchange number {@code limit}, before or after it has answered. */
    TapOutcome press(Press press, ApduHandler phone, int limit, boolean afterAnswer) {
        var count = new int[1];
        TapLink link = apdu -> {
            if (count[0]++ < limit) {
                return phone.process(apdu);
            }
            if (count[0] == limit + 1 && afterAnswer) {
                phone.process(apdu);
            }
            throw new TapLostException("taken away");
        };
        try {
            return node.press(press, link);
        } finally {
            phone.deactivated();
        }
    }

    PhoneCard phone() {
        return new PhoneCard(office.wallet());
    }
}
