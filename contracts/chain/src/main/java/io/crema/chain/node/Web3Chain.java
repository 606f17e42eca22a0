package io.crema.chain.node;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainUnreachableException;
import io.crema.chain.transactions.EventLog;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.FeeQuote;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.RateLimitedException;
import io.crema.chain.transactions.SendResult;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/** A node reached by JSON-RPC over HTTP. Thread-safe; close it to end its connections. */
public final class Web3Chain implements ChainNode {
    private static final String SEND = "eth_sendRawTransaction";

    /** Calls in one request: what providers usually allow. */
    private static final int BATCH = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Web3j web3;
    private final String endpoint;

    /** @param endpoint for example http://127.0.0.1:8545 */
    public Web3Chain(String endpoint) {
        this(endpoint, TIMEOUT);
    }

    public Web3Chain(String endpoint, Duration timeout) {
        var client = new OkHttpClient.Builder()
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .addInterceptor(RateLimits::intercept)
                .build();
        this.endpoint = shown(endpoint);
        this.web3 = Web3j.build(new HttpService(endpoint, client));
    }

    /** The endpoint without what may be secret: user, password, path and query often hold a provider's key. */
    public static String shown(String endpoint) {
        try {
            var url = URI.create(endpoint);
            var path = Optional.ofNullable(url.getRawPath()).orElse("");
            var hidden = path.length() > 1 || url.getRawQuery() != null ? "/…" : "";
            return "%s://%s%s%s"
                    .formatted(url.getScheme(), url.getHost(), url.getPort() < 0 ? "" : ":" + url.getPort(), hidden);
        } catch (IllegalArgumentException e) {
            return "an endpoint that is no URL";
        }
    }

    @Override
    public String name() {
        return endpoint;
    }

    @Override
    public long chainId() {
        return ask("eth_chainId", web3.ethChainId()).getChainId().longValueExact();
    }

    @Override
    public long blockNumber() {
        return ask("eth_blockNumber", web3.ethBlockNumber()).getBlockNumber().longValueExact();
    }

    @Override
    public Optional<Hash> blockHash(long number) {
        var reply = ask("eth_getBlockByNumber", web3.ethGetBlockByNumber(block(number), false));
        return Optional.ofNullable(reply.getBlock()).map(found -> Hash.fromHex(found.getHash()));
    }

    @Override
    public long latestNonce(Address account) {
        return nonce(account, DefaultBlockParameterName.LATEST);
    }

    @Override
    public long pendingNonce(Address account) {
        return nonce(account, DefaultBlockParameterName.PENDING);
    }

    @Override
    public long nonceAt(Address account, long blockNumber) {
        return nonce(account, block(blockNumber));
    }

    @Override
    public FeeQuote fees() {
        var newest = ask("eth_getBlockByNumber", web3.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock();
        if (newest == null || newest.getBaseFeePerGas() == null) {
            throw new ChainUnreachableException(
                    endpoint + " names no base fee for its newest block; a chain with EIP-1559 is needed");
        }
        var priority = ask("eth_maxPriorityFeePerGas", web3.ethMaxPriorityFeePerGas());
        return new FeeQuote(newest.getBaseFeePerGas(), priority.getMaxPriorityFeePerGas());
    }

    @Override
    public CallResult<Long> estimateGas(Address from, Address to, Payload data) {
        var reply = exchange("eth_estimateGas", web3.ethEstimateGas(request(from, to, data)));
        return reply.hasError()
                ? reverted("eth_estimateGas", reply.getError())
                : new CallResult.Returned<>(reply.getAmountUsed().longValueExact());
    }

    @Override
    public CallResult<Payload> call(Address from, Address to, Payload data) {
        return answer(exchange("eth_call", web3.ethCall(request(from, to, data), DefaultBlockParameterName.LATEST)));
    }

    private CallResult<Payload> answer(EthCall reply) {
        return reply.hasError()
                ? reverted("eth_call", reply.getError())
                : new CallResult.Returned<>(Payload.fromHex(reply.getValue()));
    }

    @Override
    public Optional<Inclusion> inclusion(Hash transaction) {
        return ask("eth_getTransactionReceipt", web3.ethGetTransactionReceipt(transaction.hex()))
                .getTransactionReceipt()
                .map(Web3Chain::inclusion);
    }

    @Override
    public BigInteger balance(Address account) {
        return ask("eth_getBalance", web3.ethGetBalance(account.hex(), DefaultBlockParameterName.LATEST))
                .getBalance();
    }

    @Override
    public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
        List<EthCall> replies = batch(
                "eth_call",
                questions,
                question ->
                        web3.ethCall(request(Address.ZERO, question.contract(), question.data()), block(blockNumber)));
        return replies.stream().map(this::answer).toList();
    }

    @Override
    public Map<Hash, Inclusion> inclusions(List<Hash> transactions) {
        Map<Hash, Inclusion> found = new HashMap<>();
        receipts(transactions)
                .forEach(receipt -> receipt.map(Web3Chain::inclusion)
                        .ifPresent(inclusion -> found.put(inclusion.transaction(), inclusion)));
        return found;
    }

    @Override
    public List<Optional<Execution>> executions(List<Hash> transactions) {
        return receipts(transactions).stream()
                .map(receipt -> receipt.map(Web3Chain::execution))
                .toList();
    }

    private List<Optional<TransactionReceipt>> receipts(List<Hash> transactions) {
        var method = "eth_getTransactionReceipt";
        List<EthGetTransactionReceipt> replies =
                batch(method, transactions, transaction -> web3.ethGetTransactionReceipt(transaction.hex()));
        return replies.stream()
                .map(reply -> answered(method, reply).getTransactionReceipt())
                .toList();
    }

    @Override
    public Optional<Execution> execution(Hash transaction) {
        return ask("eth_getTransactionReceipt", web3.ethGetTransactionReceipt(transaction.hex()))
                .getTransactionReceipt()
                .map(Web3Chain::execution);
    }

    @Override
    public SendResult broadcast(Payload raw) {
        return taken(exchange(SEND, web3.ethSendRawTransaction(raw.hex())));
    }

    @Override
    public List<SendResult> broadcastAll(List<Payload> raw) {
        List<EthSendTransaction> replies = batch(SEND, raw, bytes -> web3.ethSendRawTransaction(bytes.hex()));
        return replies.stream().map(this::taken).toList();
    }

    private SendResult taken(EthSendTransaction reply) {
        if (!reply.hasError()) {
            return new SendResult.Accepted();
        }
        var error = reply.getError();
        if (RateLimits.isLimit(error.getCode())) {
            throw refused(SEND, error);
        }
        return SendErrors.of(error.getCode(), String.valueOf(error.getMessage()));
    }

    @Override
    public void close() {
        web3.shutdown();
    }

    private long nonce(Address account, DefaultBlockParameter at) {
        return ask("eth_getTransactionCount", web3.ethGetTransactionCount(account.hex(), at))
                .getTransactionCount()
                .longValueExact();
    }

    private static DefaultBlockParameter block(long number) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(number));
    }

    private static Transaction request(Address from, Address to, Payload data) {
        return Transaction.createEthCallTransaction(from.hex(), to.hex(), data.hex());
    }

    private static Inclusion inclusion(TransactionReceipt receipt) {
        return new Inclusion(
                Hash.fromHex(receipt.getTransactionHash()),
                Hash.fromHex(receipt.getBlockHash()),
                receipt.getBlockNumber().longValueExact(),
                receipt.isStatusOK(),
                receipt.getGasUsed().longValueExact(),
                Numeric.decodeQuantity(receipt.getEffectiveGasPrice()));
    }

    private static Execution execution(TransactionReceipt receipt) {
        return new Execution(
                inclusion(receipt),
                receipt.getLogs().stream().map(Web3Chain::log).toList());
    }

    private static EventLog log(Log log) {
        return new EventLog(
                Address.fromHex(log.getAddress()),
                log.getTopics().stream().map(Hash::fromHex).toList(),
                Payload.fromHex(log.getData()));
    }

    /** A contract's refusal carries data (code 3 in geth) or says so; anything else is the node's trouble. */
    private <T> CallResult<T> reverted(String method, Response.Error error) {
        var message = String.valueOf(error.getMessage());
        var data =
                error.getData() == null ? "" : error.getData().replace("\"", "").strip();
        if (error.getCode() == 3 || data.startsWith("0x") || message.contains("revert")) {
            return new CallResult.Reverted<>(data.startsWith("0x") ? Payload.fromHex(data) : Payload.EMPTY, message);
        }
        throw refused(method, error);
    }

    private <T extends Response<?>> T ask(String method, Request<?, T> request) {
        return answered(method, exchange(method, request));
    }

    private <T extends Response<?>> T answered(String method, T reply) {
        if (reply.hasError()) {
            throw refused(method, reply.getError());
        }
        return reply;
    }

    /** Many calls in few requests; the replies in the calls' order, whatever order the node gives them. */
    @SuppressWarnings("unchecked") // a reply is of the type that its request names
    private <A, T extends Response<?>> List<T> batch(
            String method, List<A> arguments, Function<A, Request<?, T>> request) {
        List<T> replies = new ArrayList<>();
        for (var from = 0; from < arguments.size(); from += BATCH) {
            var calls = arguments.subList(from, Math.min(arguments.size(), from + BATCH)).stream()
                    .map(request)
                    .toList();
            Map<Long, Response<?>> byId = new HashMap<>();
            try {
                var batch = web3.newBatch();
                calls.forEach(batch::add);
                batch.send().getResponses().forEach(reply -> byId.put(reply.getId(), reply));
            } catch (IOException | RuntimeException e) {
                throw unanswered("a batch of " + method, e);
            }
            for (var call : calls) {
                var reply = byId.get(call.getId());
                if (reply == null) {
                    throw new ChainUnreachableException("%s gave %d answers to %d calls of %s in one batch"
                            .formatted(endpoint, byId.size(), calls.size(), method));
                }
                replies.add((T) reply);
            }
        }
        return replies;
    }

    private <T extends Response<?>> T exchange(String method, Request<?, T> request) {
        try {
            return request.send();
        } catch (IOException | RuntimeException e) {
            throw unanswered(method, e);
        }
    }

    private ChainUnreachableException refused(String method, Response.Error error) {
        var message = "%s refused %s with code %d: %s".formatted(endpoint, method, error.getCode(), error.getMessage());
        return RateLimits.isLimit(error.getCode())
                ? new RateLimitedException(message, Optional.empty())
                : new ChainUnreachableException(message);
    }

    private ChainUnreachableException unanswered(String what, Exception e) {
        var message = endpoint + " did not answer " + what + ": " + e;
        return e instanceof RateLimits.Exceeded limit
                ? new RateLimitedException(message, limit.retryAfter())
                : new ChainUnreachableException(message, e);
    }
}
