package io.crema.cli.onboarding;

import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Numeric;

/**
 * Transactions that do not depend on one another: all are sent, then all are awaited, so that one block can hold them.
 * Not thread-safe; made for one use.
 */
final class ChainBatch {
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(600_000);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000);
    private static final long POLL_MILLIS = 25;
    private static final int POLLS = 2_400;

    private record Sent(String what, String hash) {}

    private final Web3j chain;
    private final long chainId;
    private final BigInteger maxFee;
    private final Map<Address, BigInteger> nonces = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    ChainBatch(Web3j chain, long chainId) throws IOException {
        this.chain = chain;
        this.chainId = chainId;
        this.maxFee = chain.ethGasPrice()
                .send()
                .getGasPrice()
                .multiply(BigInteger.TWO)
                .add(TIP);
    }

    /** @param what the call in plain words, for the message when it fails */
    ChainBatch send(String what, SigningKey from, Address to, String data) throws IOException {
        var nonce = nonces.get(from.address());
        if (nonce == null) {
            nonce = chain.ethGetTransactionCount(from.address().hex(), DefaultBlockParameterName.PENDING)
                    .send()
                    .getTransactionCount();
        }
        var transaction = RawTransaction.createTransaction(
                chainId, nonce, GAS_LIMIT, to.hex(), BigInteger.ZERO, data, TIP, maxFee);
        var signed = TransactionEncoder.signMessage(transaction, Credentials.create(Hex.encode(from.privateKey())));
        var answer = chain.ethSendRawTransaction(Numeric.toHexString(signed)).send();
        if (answer.hasError()) {
            throw new OnboardingException("the chain refused to %s from %s: %s"
                    .formatted(what, from.address(), answer.getError().getMessage()));
        }
        nonces.put(from.address(), nonce.add(BigInteger.ONE));
        sent.add(new Sent(what, answer.getTransactionHash()));
        return this;
    }

    /** The receipts in the order of sending, all successful. */
    List<TransactionReceipt> await() throws IOException {
        List<TransactionReceipt> receipts = new ArrayList<>();
        var processor = new PollingTransactionReceiptProcessor(chain, POLL_MILLIS, POLLS);
        for (var one : sent) {
            try {
                var receipt = processor.waitForTransactionReceipt(one.hash());
                if (!receipt.isStatusOK()) {
                    throw new OnboardingException(
                            "could not %s: transaction %s was reverted".formatted(one.what(), one.hash()));
                }
                receipts.add(receipt);
            } catch (TransactionException e) {
                throw new OnboardingException(
                        "could not %s: transaction %s was not mined in a minute; is the chain mining?"
                                .formatted(one.what(), one.hash()),
                        e);
            }
        }
        return receipts;
    }
}
