package io.crema.ingest.rpc;

import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.ingest.watch.BlockHeader;
import io.crema.ingest.watch.ChainLog;
import io.crema.ingest.watch.ChainReader;
import io.crema.ingest.watch.ChainUnavailableException;
import io.crema.ingest.watch.Finality;
import io.crema.ingest.watch.Slice;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The chain as one node tells it, over JSON-RPC. Each answer is checked for what can be told from it alone, see
 * {@link Consistency}. A slice may be read ahead, in a thread of its own, while the one before is published. For one
 * caller.
 */
public final class NodeReader implements ChainReader, AutoCloseable {
    private final String name;
    private final JsonRpc rpc;
    private final Consistency consistency;
    private final String filter;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("ingest-ahead").daemon().factory());
    private @Nullable Ahead ahead;

    private record Ahead(long from, long to, CompletableFuture<Slice> slice) {}

    /**
     * @param url http or https
     * @param contracts whose logs are read
     */
    public NodeReader(URI url, List<Address> contracts) {
        this.name = name(url);
        this.rpc = new JsonRpc(name, Objects.requireNonNull(HttpUrl.get(url), "an http(s) address"));
        this.consistency = new Consistency(name, contracts);
        this.filter = contracts.stream()
                .map(contract -> "\"" + contract.hex() + "\"")
                .collect(Collectors.joining(",", "\"address\":[", "]"));
    }

    /** By which people know it. */
    public String name() {
        return name;
    }

    /** The node's address without what may be secret: path, query and user. */
    public static String name(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    @Override
    public long chainId() {
        return rpc.call("eth_chainId", "[]", json -> HeaderJson.quantity(json.getText()))
                .orElseThrow(() -> new ChainUnavailableException("the node has no chain id"));
    }

    @Override
    public BlockHeader head() {
        return block("latest").orElseThrow(() -> new ChainUnavailableException("the node has no newest block"));
    }

    /** A node that knows the tag, but has no such block yet, answers with null or an error. */
    @Override
    public Optional<BlockHeader> tagged(Finality.Tag tag) {
        return block(tag.text());
    }

    private Optional<BlockHeader> block(String name) {
        return rpc.call("eth_getBlockByNumber", "[\"" + name + "\",false]", HeaderJson::read)
                .map(consistency::header);
    }

    @Override
    public List<BlockHeader> headers(List<Long> numbers) {
        var parameters = numbers.stream()
                .map(number -> "[\"" + hex(number) + "\",false]")
                .toList();
        List<BlockHeader> headers = new ArrayList<>();
        var answers = rpc.calls("eth_getBlockByNumber", parameters, HeaderJson::read);
        for (var i = 0; i < answers.size(); i++) {
            var number = numbers.get(i);
            answers.get(i).ifPresent(answer -> headers.add(consistency.header(number, answer)));
        }
        return headers;
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        var parameters = "[{\"fromBlock\":\"%s\",\"toBlock\":\"%s\",%s}]".formatted(hex(from), hex(to), filter);
        return consistency.range(
                from, to, rpc.call("eth_getLogs", parameters, LogJson::read).orElse(List.of()));
    }

    @Override
    public List<ChainLog> logs(List<Hash> blocks) {
        var parameters = blocks.stream()
                .map(block -> "[{\"blockHash\":\"%s\",%s}]".formatted(block.hex(), filter))
                .toList();
        List<ChainLog> logs = new ArrayList<>();
        var answers = rpc.calls("eth_getLogs", parameters, LogJson::read);
        for (var i = 0; i < answers.size(); i++) {
            var block = blocks.get(i);
            var ofBlock = consistency.block(block, answers.get(i).orElse(List.of()));
            if (consistency.suspects(block, ofBlock)) {
                receipts(block).ifPresent(receipts -> consistency.same(block, ofBlock, receipts));
            }
            logs.addAll(ofBlock);
        }
        return logs;
    }

    /** All logs of a block, by another way; empty from a node that does not know it. */
    private Optional<List<ChainLog>> receipts(Hash block) {
        try {
            return rpc.call("eth_getBlockReceipts", "[\"" + block.hex() + "\"]", ReceiptJson::logs);
        } catch (ChainUnavailableException e) {
            return Optional.empty();
        }
    }

    @Override
    public Slice slice(long from, long to) {
        var pending = ahead;
        ahead = null;
        if (pending == null || pending.from() != from || pending.to() != to) {
            return read(from, to);
        }
        try {
            return pending.slice().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChainUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    @Override
    public void ahead(long from, long to) {
        var pending = ahead;
        if (pending == null || pending.from() != from || pending.to() != to) {
            ahead = new Ahead(from, to, CompletableFuture.supplyAsync(() -> read(from, to), reading));
        }
    }

    private Slice read(long from, long to) {
        var slice = ChainReader.super.slice(from, to);
        consistency.slice(slice);
        return slice;
    }

    @Override
    public boolean deployed(Address contract) {
        return rpc.call("eth_getCode", "[\"" + contract.hex() + "\",\"latest\"]", json -> json.getText())
                .filter(code -> code.length() > "0x".length())
                .isPresent();
    }

    @Override
    public void close() {
        rpc.close();
        reading.shutdownNow();
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
