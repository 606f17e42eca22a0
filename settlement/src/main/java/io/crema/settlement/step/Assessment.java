package io.crema.settlement.step;

import io.crema.chain.transactions.Call;
import io.crema.events.OutcomeKind;
import io.crema.settlement.intent.Hold;
import io.crema.settlement.intent.Pending;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What is to be done about the intents that were ready. */
final class Assessment {

    /**
     * A call, and the intents it serves.
     *
     * @param leadOnly only the first account may send it
     */
    record Candidate(Call call, List<Pending> serves, boolean leadOnly) {}

    /** An intent that needs no transaction. */
    record Ended(Pending pending, OutcomeKind kind, String reason) {}

    /** The most wei per gas that a call would offer now. */
    final BigInteger price;

    final List<Candidate> calls = new ArrayList<>();
    final List<Ended> ended = new ArrayList<>();
    final List<Pending> held = new ArrayList<>();

    Assessment(BigInteger price) {
        this.price = price;
    }

    void end(Pending pending, OutcomeKind kind, String reason) {
        ended.add(new Ended(pending, kind, reason));
    }

    void hold(Pending pending, Hold reason) {
        held.add(pending.held(reason));
    }
}
