package io.crema.settlement.step;

import io.crema.chain.transactions.Call;
import io.crema.events.OutcomeKind;
import io.crema.settlement.intent.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be done about the intents that were ready. */
final class Assessment {

    /** A call, and the intents it serves. */
    record Candidate(Call call, List<Pending> serves) {}

    /** An intent that needs no transaction. */
    record Ended(Pending pending, OutcomeKind kind, String reason) {}

    final List<Candidate> calls = new ArrayList<>();
    final List<Ended> ended = new ArrayList<>();
    final List<Pending> held = new ArrayList<>();
    Optional<String> shortOfFunds = Optional.empty();

    void end(Pending pending, OutcomeKind kind, String reason) {
        ended.add(new Ended(pending, kind, reason));
    }
}
