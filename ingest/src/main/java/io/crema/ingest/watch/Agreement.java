package io.crema.ingest.watch;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes as one chain: an answer counts once so many nodes give the same. The newest block is the highest that so
 * many have: who lags is waited for only when the others are too few. Whoever is outvoted is named. For one thread.
 */
public final class Agreement implements ChainReader {
    /** Now and then everyone is asked: who was wrong may have healed, who was right may have begun to lie. */
    private static final int ASK_ALL_EVERY = 16;
    /** After so many right answers a node is believed again: it may be wrong on one kind of question alone. */
    private static final int BELIEVED_AFTER = 4;

    private final List<Node> nodes;
    private final int needed;
    private int questions;
    private String remark = "";

    /** A node and the name by which people know it, without secrets. */
    public record Endpoint(String name, ChainReader reader) {}

    /** So far behind is worth a word. */
    private static final int FAR_BEHIND = 3;

    private static final class Node {
        private final Endpoint endpoint;
        private boolean behind;
        private boolean farBehind;
        private String complaint = "";
        private int right;

        private Node(Endpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    /** What a node said: an answer, or why not. */
    private record Said<T>(
            Node node, @Nullable T answer, @Nullable ChainUnavailableException failure) {}

    /** Equal answers. */
    private record Vote<T>(T answer, List<Node> nodes) {}

    /** Shows an answer to people, best where it differs from another one. */
    private interface Shown<T> {
        String of(T answer, T other);
    }

    /**
     * @param endpoints at least one
     * @param needed of them have to agree
     */
    public Agreement(List<Endpoint> endpoints, int needed) {
        if (needed < 1 || needed > endpoints.size()) {
            throw new IllegalArgumentException(
                    "%d of %d nodes cannot agree; give 1 to %d".formatted(needed, endpoints.size(), endpoints.size()));
        }
        this.nodes = new ArrayList<>(endpoints.stream().map(Node::new).toList());
        this.needed = needed;
    }

    /** Which nodes are wrong, behind or away, and what the others say; empty while all agree. */
    public String remark() {
        return remark;
    }

    @Override
    public long chainId() {
        return agreed("the chain's id", ChainReader::chainId, (answer, other) -> answer.toString());
    }

    @Override
    public BlockHeader head() {
        return highest("the newest block", reader -> Optional.of(reader.head()))
                .orElseThrow(() -> new ChainUnavailableException("no node has a newest block"));
    }

    @Override
    public Optional<BlockHeader> tagged(Finality.Tag tag) {
        return highest("the " + tag.text() + " block", reader -> reader.tagged(tag));
    }

    @Override
    public List<BlockHeader> headers(List<Long> numbers) {
        return agreed("headers of " + Answers.blocks(numbers), reader -> reader.headers(numbers), Answers::headers);
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return agreed(
                "logs of " + Answers.blocks(List.of(from, to)),
                reader -> Answers.sorted(reader.logs(from, to)),
                Answers::logs);
    }

    @Override
    public List<ChainLog> logs(List<Hash> blocks) {
        return agreed(
                "logs of block " + blocks.getFirst() + (blocks.size() > 1 ? " to " + blocks.getLast() : ""),
                reader -> Answers.sorted(reader.logs(blocks)),
                Answers::logs);
    }

    @Override
    public Slice slice(long from, long to) {
        ahead(from, to);
        return agreed("logs of " + Answers.blocks(List.of(from, to)), reader -> reader.slice(from, to), Answers::slice);
    }

    /** Those that will be asked first read at the same time. */
    @Override
    public void ahead(long from, long to) {
        inOrder().stream().limit(needed).forEach(node -> node.endpoint.reader().ahead(from, to));
    }

    @Override
    public boolean deployed(Address contract) {
        return agreed(
                "the code at " + contract, reader -> reader.deployed(contract), (answer, other) -> answer.toString());
    }

    /** The highest block that {@code needed} nodes have, as one of these gives it. */
    private Optional<BlockHeader> highest(String what, Function<ChainReader, Optional<BlockHeader>> question) {
        if (nodes.size() == 1) {
            return question.apply(nodes.getFirst().endpoint.reader());
        }
        List<Said<Optional<BlockHeader>>> all =
                nodes.stream().map(node -> ask(node, question)).toList();
        var answers = all.stream()
                .filter(said -> said.answer() != null)
                .sorted(Comparator.comparingLong((Said<Optional<BlockHeader>> said) -> height(said))
                        .reversed())
                .toList();
        if (answers.size() < needed) {
            throw unavailable(what, all);
        }
        var chosen = answers.get(needed - 1);
        for (var said : all) {
            var behind = said.answer() == null ? Long.MAX_VALUE : height(chosen) - height(said);
            said.node().behind = behind > 0;
            said.node().farBehind = said.answer() != null && height(answers.getFirst()) - height(said) > FAR_BEHIND;
        }
        remember();
        return Objects.requireNonNull(chosen.answer());
    }

    private static long height(Said<Optional<BlockHeader>> said) {
        return Objects.requireNonNull(said.answer()).map(BlockHeader::number).orElse(-1L);
    }

    private <T> T agreed(String what, Function<ChainReader, T> question, Shown<T> shown) {
        if (nodes.size() == 1) {
            return question.apply(nodes.getFirst().endpoint.reader());
        }
        var everyone = ++questions % ASK_ALL_EVERY == 0;
        List<Said<T>> all = new ArrayList<>();
        List<Vote<T>> votes = new ArrayList<>();
        for (var node : inOrder()) {
            if (winner(votes).isPresent() && !everyone) {
                break;
            }
            var said = ask(node, question);
            all.add(said);
            if (said.answer() != null) {
                count(votes, node, said.answer());
            }
        }
        var winner = winner(votes)
                .orElseThrow(() -> votes.size() > 1 ? contradiction(what, all, votes, shown) : unavailable(what, all));
        for (var said : all) {
            judge(said.node(), complaint(what, said, winner, shown));
        }
        remember();
        return winner;
    }

    private static void judge(Node node, String complaint) {
        if (!complaint.isEmpty()) {
            node.right = 0;
            node.complaint = complaint;
        } else if (!node.complaint.isEmpty() && ++node.right >= BELIEVED_AFTER) {
            node.complaint = "";
        }
    }

    private static <T> void count(List<Vote<T>> votes, Node node, T answer) {
        for (var vote : votes) {
            if (vote.answer().equals(answer)) {
                vote.nodes().add(node);
                return;
            }
        }
        votes.add(new Vote<>(answer, new ArrayList<>(List.of(node))));
    }

    private <T> Optional<T> winner(List<Vote<T>> votes) {
        return votes.stream()
                .filter(vote -> vote.nodes().size() >= needed)
                .map(Vote::answer)
                .findFirst();
    }

    private static <T> Said<T> ask(Node node, Function<ChainReader, T> question) {
        try {
            return new Said<>(node, question.apply(node.endpoint.reader()), null);
        } catch (ChainUnavailableException e) {
            return new Said<>(node, null, e);
        }
    }

    /** Who was right and at the height before comes first. */
    private List<Node> inOrder() {
        return nodes.stream()
                .sorted(Comparator.comparing((Node node) -> !node.complaint.isEmpty())
                        .thenComparing(node -> node.behind))
                .toList();
    }

    private static <T> String complaint(String what, Said<T> said, T winner, Shown<T> shown) {
        var name = said.node().endpoint.name();
        var answer = said.answer();
        if (answer == null) {
            return name + ": " + reason(said);
        }
        return answer.equals(winner)
                ? ""
                : "%s differs from the others on %s and is not believed: it says %s, they say %s"
                        .formatted(name, what, shown.of(answer, winner), shown.of(winner, answer));
    }

    private void remember() {
        remark = nodes.stream()
                .map(node -> node.complaint.isEmpty() && node.farBehind
                        ? node.endpoint.name() + " is behind the others"
                        : node.complaint)
                .filter(complaint -> !complaint.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static <T> String reason(Said<T> said) {
        return said.failure() == null ? "" : String.valueOf(said.failure().getMessage());
    }

    private <T> ChainUnavailableException contradiction(
            String what, List<Said<T>> all, List<Vote<T>> votes, Shown<T> shown) {
        var views = all.stream()
                .map(said -> said.node().endpoint.name() + " says "
                        + (said.answer() == null
                                ? "nothing (" + reason(said) + ")"
                                : shown.of(said.answer(), another(votes, said.answer()))))
                .collect(Collectors.joining("; "));
        return new ContradictionException(
                "the nodes differ on %s: %s. Nothing is published until %d of them agree. A third one tells who is right: compare with a block explorer, then repair the wrong node or take it out of CREMA_RPC_URLS"
                        .formatted(what, views, needed));
    }

    private static <T> T another(List<Vote<T>> votes, T answer) {
        var first = votes.getFirst().answer();
        return first.equals(answer) ? votes.get(1).answer() : first;
    }

    private <T> ChainUnavailableException unavailable(String what, List<Said<T>> all) {
        var failures = all.stream()
                .filter(said -> said.failure() != null)
                .map(said -> Objects.requireNonNull(said.failure()))
                .toList();
        var suggested = Long.MAX_VALUE;
        ChainUnavailableException worst = failures.getFirst();
        for (var failure : failures) {
            if (failure instanceof RangeTooLargeException refused) {
                suggested = Math.min(suggested, refused.suggested());
                worst = refused;
            } else if (failure instanceof ContradictionException && !(worst instanceof RangeTooLargeException)) {
                worst = failure;
            }
        }
        if (nodes.size() == 1) {
            return worst;
        }
        var message = "%d of %d nodes have to agree on %s, %d answered: %s"
                .formatted(
                        needed,
                        nodes.size(),
                        what,
                        all.size() - failures.size(),
                        failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")));
        return switch (worst) {
            case RangeTooLargeException refused -> new RangeTooLargeException(message, suggested);
            case ContradictionException contradiction -> new ContradictionException(message);
            default -> new ChainUnavailableException(message, worst, worst.notBefore());
        };
    }
}
