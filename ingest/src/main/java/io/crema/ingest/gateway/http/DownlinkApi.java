package io.crema.ingest.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crema.contracts.value.MachineId;
import io.crema.ingest.gateway.fold.Book;
import io.crema.ingest.gateway.fold.MachineFacts;
import io.crema.ingest.gateway.log.Following;
import java.util.List;

/** What is new to a machine. Stateless: the cursor tells what it knows. */
final class DownlinkApi {
    private final Following following;

    DownlinkApi(Following following) {
        this.following = following;
    }

    /**
     * The facts that the cursor does not stand for, waiting for some when there are none, and the newest block.
     *
     * @throws Problem while the log is not read yet
     */
    ObjectNode facts(MachineId machine, String after, long waitMillis) throws InterruptedException {
        var cursor = Cursor.parse(after).orElse(Cursor.NOTHING);
        var seen = following.news(machine);
        var answer = answer(machine, cursor);
        var deadline = System.nanoTime() + waitMillis * 1_000_000;
        while (answer.news().isEmpty()) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            following.awaitNews(machine, seen, left);
            seen = following.news(machine);
            answer = answer(machine, cursor);
        }
        return answer.json();
    }

    private record Answer(List<ObjectNode> news, Cursor cursor, java.util.Optional<MachineFacts.Block> block) {
        ObjectNode json() {
            var json = Fields.JSON.createObjectNode();
            var facts = json.putArray("facts");
            news.forEach(facts::add);
            block.ifPresent(it -> facts.add(FactsJson.block(it)));
            return json.put("cursor", cursor.toString());
        }
    }

    private Answer answer(MachineId machine, Cursor cursor) {
        var facts = book().facts(machine);
        if (facts.chain() < cursor.chain()) {
            // In the midst of a reorg, or behind the gateway that was asked before: an older standing is no news.
            return new Answer(List.of(), cursor, java.util.Optional.empty());
        }
        var all = FactsJson.of(machine, facts);
        return new Answer(
                all.stream().filter(fact -> !cursor.knows(fact)).toList(),
                Cursor.of(facts.chain(), all),
                facts.block());
    }

    private Book book() {
        return following
                .book()
                .orElseThrow(() -> Problem.away("the gateway is still reading the log; ask again in a moment"));
    }
}
