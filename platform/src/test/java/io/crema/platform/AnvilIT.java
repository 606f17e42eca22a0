package io.crema.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnvilIT {
    @TempDir
    Path dir;

    @BeforeAll
    static void needsAnvil() {
        try {
            AnvilBinary.find();
        } catch (PlatformException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void shouldAnswerWithItsChainIdAndFundedAccounts() throws Exception {
        try (var chain = Anvil.builder().chainId(4711).accounts(3).start()) {
            assertThat(JsonRpc.call(chain.rpcUrl(), "eth_chainId", "[]")).contains("\"0x1267\"");
            assertThat(chain.accounts()).hasSize(3);
            assertThat(chain.accounts().getFirst())
                    .isEqualTo(new Anvil.Account(
                            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
            assertThat(JsonRpc.call(chain.rpcUrl(), "eth_accounts", "[]"))
                    .containsIgnoringCase(chain.accounts().get(2).address());
        }
    }

    @Test
    void shouldKeepTheChainOverAStop() throws Exception {
        var state = dir.resolve("chain/state.json");
        String hash;
        try (var chain = Anvil.builder().blockPerTransaction().state(state).start()) {
            send(chain);
            hash = blockHash(chain);
        }
        try (var chain = Anvil.builder().blockPerTransaction().state(state).start()) {
            assertThat(blockHash(chain)).isEqualTo(hash);
            send(chain);
            assertThat(JsonRpc.call(chain.rpcUrl(), "eth_blockNumber", "[]")).contains("\"0x2\"");
        }
    }

    @Test
    void shouldLeaveNoProcess() throws Exception {
        var chain = Anvil.builder().start();
        var pid = chain.pid();
        chain.close();
        Await.until(
                "anvil gone",
                Duration.ofSeconds(10),
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    private static void send(Anvil chain) throws Exception {
        var from = chain.accounts().get(0).address();
        var to = chain.accounts().get(1).address();
        var answer = JsonRpc.call(
                chain.rpcUrl(),
                "eth_sendTransaction",
                "[{\"from\":\"%s\",\"to\":\"%s\",\"value\":\"0x1\"}]".formatted(from, to));
        assertThat(answer).contains("result");
        var hash = Pattern.compile("\"result\":\"(0x[0-9a-f]+)\"").matcher(answer);
        assertThat(hash.find()).isTrue();
        Await.until("mined", Duration.ofSeconds(10), () -> {
            try {
                return JsonRpc.call(chain.rpcUrl(), "eth_getTransactionReceipt", "[\"%s\"]".formatted(hash.group(1)))
                        .contains("blockHash");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String blockHash(Anvil chain) throws Exception {
        var block = JsonRpc.call(chain.rpcUrl(), "eth_getBlockByNumber", "[\"0x1\",false]");
        var found = Pattern.compile("\"hash\":\"(0x[0-9a-f]{64})\"").matcher(block);
        assertThat(found.find()).as(block).isTrue();
        return found.group(1);
    }
}
