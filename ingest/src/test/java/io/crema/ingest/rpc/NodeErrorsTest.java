package io.crema.ingest.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.RangeTooLargeException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wordings are those of nodes and providers. */
final class NodeErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query returned more than 10000 results",
                "query returned more than 10000 results. Try with this block range [0x1, 0x20].",
                "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range",
                "eth_getLogs is limited to a 10,000 range",
                "block range is too wide",
                "Block range limit exceeded",
                "exceed maximum block range: 5000",
                "Requested range exceeds maximum range limit",
                "query exceeds max block range 100000",
                "query exceeds max results 20000, retry with the range 12-15",
                "ranges over 10000 blocks are not supported on freetier",
                "requested too many blocks from 1 to 5000, maximum is set to 2048",
                "Too many logs requested. Max logs per response is 20000",
                "Response is too big",
                "response size should not greater than 10000000 bytes",
                "query timeout exceeded",
                "Max range: 800",
            })
    void shouldTellThatItWasTooMuch(String message) {
        assertThat(NodeErrors.of("n", "eth_getLogs", -32_005, message)).isInstanceOf(RangeTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "daily request count exceeded, request rate limited",
                "Your app has exceeded its compute units per second capacity",
                "Too Many Requests",
                "rate limit exceeded",
                "header not found",
                "missing trie node",
            })
    void shouldNotAskForLessThen(String message) {
        assertThat(NodeErrors.of("n", "eth_getLogs", -32_005, message))
                .isExactlyInstanceOf(ChainUnavailableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldTakeTheSuggestedRange() {
        var error = NodeErrors.of("n", "eth_getLogs", -32_602, "this block range should work: [0xc5dc00, 0xc614a7]");
        assertThat(((RangeTooLargeException) error).suggested()).isEqualTo(0xc614a7 - 0xc5dc00 + 1);
    }

    @ParameterizedTest
    @CsvSource({"7,7", "'',1", "100000,60", "'Wed, 21 Oct 2026 07:28:00 GMT',1"})
    void shouldLeaveTheNodeAloneForAsLongAsItAsks(String retryAfter, long seconds) {
        assertThat(NodeErrors.ofStatus("n", "eth_chainId", 429, retryAfter).notBefore())
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
