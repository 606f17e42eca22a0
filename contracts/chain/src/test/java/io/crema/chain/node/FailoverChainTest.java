package io.crema.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.RateLimitedException;
import io.crema.chain.transactions.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FailoverChainTest {
    private final FakeNode first = new FakeNode("first", 100);
    private final FakeNode second = new FakeNode("second", 101);
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final FailoverChain chain = new FailoverChain(List.of(first, second), 7, () -> now);

    @Test
    void shouldAskTheFirstAsLongAsItAnswers() {
        assertThat(chain.blockNumber()).isEqualTo(100);
        assertThat(chain.blockNumber()).isEqualTo(100);
        assertThat(second.asked).isZero();
    }

    @Test
    void shouldNotPutAFailedQuestionToAnotherNodeButTheNextOne() {
        chain.blockNumber();
        first.down = true;
        assertThatThrownBy(chain::blockNumber)
                .isInstanceOf(ChainUnreachableException.class)
                .hasMessageContaining("first is down");
        assertThat(second.asked).isZero();
        assertThat(chain.blockNumber()).isEqualTo(101);
        assertThat(chain.health())
                .extracting(NodeHealth::state)
                .containsExactly(NodeHealth.State.UNREACHABLE, NodeHealth.State.IN_USE);
    }

    @Test
    void shouldStayWithTheSecondUntilARefreshFindsTheFirstWell() {
        chain.blockNumber();
        first.down = true;
        assertThatThrownBy(chain::blockNumber).isInstanceOf(ChainUnreachableException.class);
        assertThat(chain.blockNumber()).isEqualTo(101);
        first.down = false;
        pass(Duration.ofSeconds(2));
        assertThat(chain.blockNumber()).as("in the middle of a step").isEqualTo(101);
        pass(Duration.ofSeconds(10));
        chain.refresh();
        assertThat(chain.blockNumber()).isEqualTo(100);
    }

    @Test
    void shouldLeaveAFailingNodeAloneLongerEachTime() {
        second.down = true;
        first.down = true;
        for (var i = 0; i < 12; i++) {
            assertThatThrownBy(chain::blockNumber).isInstanceOf(ChainUnreachableException.class);
            pass(Duration.ofSeconds(1));
        }
        assertThat(first.asked).isBetween(3, 6);
        assertThatThrownBy(chain::blockNumber)
                .hasMessageContaining("first is down")
                .hasMessageContaining("second is down")
                .hasMessageContaining("asked again in");
    }

    @Test
    void shouldLeaveANodeAloneForAsLongAsItAsks() {
        first.limited = true;
        first.retryAfter = Optional.of(Duration.ofMinutes(2));
        assertThat(chain.blockNumber()).isEqualTo(101);
        first.limited = false;
        var asked = first.asked;
        pass(Duration.ofSeconds(119));
        chain.refresh();
        assertThat(chain.blockNumber()).isEqualTo(101);
        assertThat(first.asked).isEqualTo(asked);
        assertThat(chain.health().getFirst().state()).isEqualTo(NodeHealth.State.RATE_LIMITED);
        pass(Duration.ofSeconds(10));
        chain.refresh();
        assertThat(chain.blockNumber()).isEqualTo(100);
    }

    @Test
    void shouldTellARateLimitFromAnOutage() {
        first.limited = true;
        second.down = true;
        assertThatThrownBy(chain::blockNumber)
                .isNotInstanceOf(RateLimitedException.class)
                .hasMessageContaining("first says slow down");
        assertThat(chain.health())
                .extracting(NodeHealth::state)
                .containsExactly(NodeHealth.State.RATE_LIMITED, NodeHealth.State.UNREACHABLE);
    }

    @Test
    void shouldNameAndNeverAskANodeOfAnotherChain() {
        first.id = 1;
        assertThat(chain.blockNumber()).isEqualTo(101);
        assertThat(chain.health().getFirst())
                .satisfies(health -> assertThat(health.state()).isEqualTo(NodeHealth.State.WRONG_CHAIN))
                .satisfies(health -> assertThat(health.fault()).isEqualTo("first serves chain 1, expected chain 7"));
        assertThat(first.asked).isEqualTo(1);
    }

    @Test
    void shouldSayThatWaitingDoesNotHelpWhenEveryNodeServesAnotherChain() {
        first.id = 1;
        second.id = 2;
        assertThatThrownBy(chain::blockNumber)
                .isInstanceOf(WrongChainException.class)
                .hasMessageContaining("first serves chain 1")
                .hasMessageContaining("second serves chain 2")
                .hasMessageContaining("CREMA_RPC_URLS");
    }

    @Test
    void shouldChangeToANodeThatIsNotBehind() {
        chain.blockNumber();
        second.head = 200;
        pass(Duration.ofSeconds(11));
        chain.refresh();
        assertThat(chain.blockNumber()).isEqualTo(200);
        assertThat(chain.health().getFirst().state()).isEqualTo(NodeHealth.State.BEHIND);
        first.head = 200;
        pass(Duration.ofSeconds(11));
        chain.refresh();
        chain.blockNumber();
        assertThat(chain.health().getFirst().state()).isEqualTo(NodeHealth.State.IN_USE);
    }

    @Test
    void shouldBroadcastToTheNextNodeWhenTheFirstDoesNotAnswer() {
        chain.blockNumber();
        first.down = true;
        assertThat(chain.send(Payload.EMPTY)).isEqualTo(new SendResult.Accepted());
        assertThat(second.received).isEqualTo(1);
        second.down = true;
        assertThat(chain.send(Payload.EMPTY)).isInstanceOf(SendResult.Unreachable.class);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
