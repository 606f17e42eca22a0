package io.crema.chain.node;

import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.RateLimitedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A node, and what is known of its health. Not thread-safe: {@link FailoverChain} guards it. */
final class Watched {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(15);

    final ChainNode node;
    private NodeHealth.State state = NodeHealth.State.STANDBY;
    private Instant until = Instant.MIN;
    private int failures;
    private String fault = "";
    private boolean verified;
    private OptionalLong head = OptionalLong.empty();

    Watched(ChainNode node) {
        this.node = node;
    }

    /** Whether it may be asked: a pause that is over counts as health until it fails again. */
    boolean isUsable(Instant now) {
        return state != NodeHealth.State.WRONG_CHAIN && !now.isBefore(until);
    }

    boolean isDue(Instant now) {
        return !now.isBefore(until);
    }

    boolean isBehind() {
        return state == NodeHealth.State.BEHIND;
    }

    boolean isWrong() {
        return state == NodeHealth.State.WRONG_CHAIN;
    }

    OptionalLong head() {
        return head;
    }

    Instant until() {
        return until;
    }

    /** Asks for the chain's id, once after every failure. Not said by a node that does not answer. */
    boolean isOfChain(long chainId, Instant now) {
        if (!verified) {
            var found = node.chainId();
            if (found != chainId) {
                state = NodeHealth.State.WRONG_CHAIN;
                until = now.plus(LONGEST_BACKOFF);
                fault = "%s serves chain %d, expected chain %d".formatted(node.name(), found, chainId);
                return false;
            }
            verified = true;
            state = NodeHealth.State.STANDBY;
        }
        return true;
    }

    void answered() {
        failures = 0;
        if (state != NodeHealth.State.BEHIND) {
            state = NodeHealth.State.STANDBY;
            fault = "";
        }
    }

    void failed(ChainUnreachableException e, Instant now) {
        var limited = e instanceof RateLimitedException;
        var usual = (limited ? FIRST_LIMIT : FIRST_BACKOFF).multipliedBy(1L << Math.min(failures, 10));
        failures++;
        state = limited ? NodeHealth.State.RATE_LIMITED : NodeHealth.State.UNREACHABLE;
        verified = false;
        fault = String.valueOf(e.getMessage());
        until = now.plus(
                e instanceof RateLimitedException limit && limit.retryAfter().isPresent()
                        ? within(limit.retryAfter().get(), FIRST_BACKOFF, LONGEST_LIMIT)
                        : within(usual, FIRST_BACKOFF, LONGEST_BACKOFF));
    }

    void sees(long block) {
        head = OptionalLong.of(block);
    }

    void judge(long best, long tolerance) {
        var lag = best - head.orElse(best);
        if (state == NodeHealth.State.STANDBY && lag > tolerance) {
            state = NodeHealth.State.BEHIND;
            fault = "%s is %d blocks behind".formatted(node.name(), lag);
        } else if (state == NodeHealth.State.BEHIND && lag <= tolerance) {
            state = NodeHealth.State.STANDBY;
            fault = "";
        }
    }

    NodeHealth health(boolean inUse) {
        var shown = inUse && state == NodeHealth.State.STANDBY ? NodeHealth.State.IN_USE : state;
        var waits = shown == NodeHealth.State.UNREACHABLE
                || shown == NodeHealth.State.RATE_LIMITED
                || shown == NodeHealth.State.WRONG_CHAIN;
        return new NodeHealth(node.name(), shown, head, waits ? Optional.of(until) : Optional.empty(), fault);
    }

    private static Duration within(Duration time, Duration least, Duration most) {
        return time.compareTo(least) < 0 ? least : time.compareTo(most) > 0 ? most : time;
    }
}
