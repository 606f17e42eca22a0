package io.crema.ingest.rpc;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.ChainReader;
import io.crema.ingest.watch.ChainUnavailableException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/**
 * The chain through one of several nodes: after a failed call the next one is asked. Batches of JSON-RPC calls, bounded
 * in size. For one thread.
 */
public final class Web3ChainReader implements ChainReader, AutoCloseable {
    private static final int BATCH = 32;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private record Node(String name, HttpService service, Web3j web3j) {}

    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .callTimeout(CALL_LIMIT)
            .readTimeout(CALL_LIMIT)
            .build();
    private final List<Node> nodes;
    private final List<String> contracts;
    private int current;

    /**
     * @param urls at least one; http or https
     * @param contracts whose logs are read
     */
    public Web3ChainReader(List<URI> urls, List<Address> contracts) {
        this.nodes = urls.stream().map(this::node).toList();
        this.contracts = contracts.stream().map(Address::hex).toList();
    }

    private Node node(URI url) {
        var service = new HttpService(url.toString(), http);
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new Node(url.getScheme() + "://" + url.getHost() + port, service, Web3j.build(service));
    }

    @Override
    public long chainId() {
        return call("eth_chainId", web3j -> web3j.ethChainId()).getChainId().longValueExact();
    }

    @Override
    public BlockHeader head() {
        var block = call(
                        "eth_getBlockByNumber",
                        web3j -> web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock();
        if (block == null) {
            throw failed("eth_getBlockByNumber", "there is no newest block", null);
        }
        return header(block);
    }

    @Override
    public List<BlockHeader> headers(List<Long> numbers) {
        List<BlockHeader> headers = new ArrayList<>();
        List<EthBlock> answers = batch(
                "eth_getBlockByNumber",
                numbers,
                (web3j, number) ->
                        web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), false));
        for (var answer : answers) {
            if (answer.getBlock() != null) {
                headers.add(header(answer.getBlock()));
            }
        }
        return headers;
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        var filter = new EthFilter(
                DefaultBlockParameter.valueOf(BigInteger.valueOf(from)),
                DefaultBlockParameter.valueOf(BigInteger.valueOf(to)),
                contracts);
        return decoded(call("eth_getLogs", web3j -> web3j.ethGetLogs(filter)));
    }

    @Override
    public List<ChainLog> logs(List<Hash> blocks) {
        List<EthLog> answers =
                batch("eth_getLogs", blocks, (web3j, block) -> web3j.ethGetLogs(new OneBlock(block, contracts)));
        return answers.stream().flatMap(answer -> decoded(answer).stream()).toList();
    }

    @Override
    public boolean deployed(Address contract) {
        var code = call("eth_getCode", web3j -> web3j.ethGetCode(contract.hex(), DefaultBlockParameterName.LATEST))
                .getCode();
        return code.length() > "0x".length();
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.web3j().shutdown());
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private <T extends Response<?>> T call(String method, Function<Web3j, Request<?, T>> request) {
        try {
            return checked(method, request.apply(nodes.get(current).web3j()).send());
        } catch (IOException e) {
            throw failed(method, String.valueOf(e.getMessage()), e);
        }
    }

    private interface Call<V, T extends Response<?>> {
        Request<?, T> of(Web3j web3j, V value);
    }

    private <V, T extends Response<?>> List<T> batch(String method, List<V> values, Call<V, T> call) {
        List<T> answers = new ArrayList<>();
        var node = nodes.get(current);
        for (var start = 0; start < values.size(); start += BATCH) {
            var part = values.subList(start, Math.min(values.size(), start + BATCH));
            var batch = node.web3j().newBatch();
            part.forEach(value -> batch.add(call.of(node.web3j(), value)));
            try {
                for (var answer : batch.send().getResponses()) {
                    @SuppressWarnings("unchecked") // a response has its request's type
                    var typed = (T) answer;
                    answers.add(checked(method, typed));
                }
            } catch (IOException e) {
                throw failed(method, String.valueOf(e.getMessage()), e);
            }
        }
        return answers;
    }

    private <T extends Response<?>> T checked(String method, T answer) {
        if (answer.hasError()) {
            throw failed(method, answer.getError().getMessage(), null);
        }
        return answer;
    }

    private ChainUnavailableException failed(String method, String why, @Nullable Exception cause) {
        var name = nodes.get(current).name();
        current = (current + 1) % nodes.size();
        var message = "the node at %s did not answer %s: %s".formatted(name, method, why);
        return cause == null ? new ChainUnavailableException(message) : new ChainUnavailableException(message, cause);
    }

    private static BlockHeader header(EthBlock.Block block) {
        return new BlockHeader(
                block.getNumber().longValueExact(),
                Hash.fromHex(block.getHash()),
                Hash.fromHex(block.getParentHash()),
                Instant.ofEpochSecond(block.getTimestamp().longValueExact()));
    }

    private static List<ChainLog> decoded(EthLog answer) {
        List<ChainLog> logs = new ArrayList<>();
        for (EthLog.LogResult<?> result : answer.getLogs()) {
            if (result.get() instanceof Log log) {
                logs.add(new ChainLog(
                        Address.fromHex(log.getAddress()),
                        log.getTopics(),
                        log.getData(),
                        log.getBlockNumber().longValueExact(),
                        Hash.fromHex(log.getBlockHash()),
                        Hash.fromHex(log.getTransactionHash()),
                        Numeric.decodeQuantity(log.getLogIndexRaw()).intValueExact()));
            }
        }
        return logs;
    }

    /** A filter by block hash for several contracts, which web3j has no constructor for. */
    private static final class OneBlock extends EthFilter {
        private final List<String> contracts;

        private OneBlock(Hash block, List<String> contracts) {
            super(block.hex());
            this.contracts = contracts;
        }

        @Override
        public List<String> getAddress() {
            return contracts;
        }
    }
}
