package io.crema.chain.deploy;

import io.crema.chain.wrappers.Deployer;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Numeric;

/**
 * Deploys all contracts from one account, to addresses that follow from the account and the salt alone: the same on
 * every chain. All transactions are sent at once, so that one block can hold them; the account must not send anything
 * else meanwhile. Contracts that are there already stay: a deployment that was cut off is continued, and one that is
 * complete is found again.
 */
public final class Deployment {
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(12_000_000);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000);
    private static final long POLL_MILLIS = 50;
    private static final int POLLS = 2_400;

    private final Web3j web3j;
    private final Credentials account;
    private final long chainId;
    private final BigInteger maxFee;
    private BigInteger nonce;

    private Deployment(Web3j web3j, Credentials account) throws IOException {
        this.web3j = web3j;
        this.account = account;
        this.chainId = web3j.ethChainId().send().getChainId().longValueExact();
        this.maxFee = web3j.ethGasPrice()
                .send()
                .getGasPrice()
                .multiply(BigInteger.TWO)
                .add(TIP);
        this.nonce = web3j.ethGetTransactionCount(account.getAddress(), DefaultBlockParameterName.PENDING)
                .send()
                .getTransactionCount();
    }

    /**
     * Deploys, and waits up to two minutes until all is mined.
     *
     * @throws IOException when the chain does not answer
     * @throws DeploymentException when it lacks the CREATE2 proxy, refuses or reverts a transaction, or does not mine it
     *     in time
     */
    public static Contracts deploy(Web3j web3j, Credentials account, DeploymentOptions options) throws IOException {
        return new Deployment(web3j, account).run(options);
    }

    /** As above with {@link DeploymentOptions#DEFAULT}: for test chains. */
    public static Contracts deploy(Web3j web3j, Credentials account) throws IOException {
        return deploy(web3j, account, DeploymentOptions.DEFAULT);
    }

    private Contracts run(DeploymentOptions options) throws IOException {
        var blueprint = new Blueprint(Address.fromHex(account.getAddress()), options);
        requireProxy();
        var deployer = blueprint.deployer();
        List<String> sent = new ArrayList<>();
        if (!Code.isAt(web3j, deployer.address())) {
            sent.add(send(Blueprint.PROXY, Hex.encode(concatenated(deployer.salt(), deployer.initCode()))));
        }
        var calls = Deployer.load(
                deployer.address().hex(),
                web3j,
                new ReadonlyTransactionManager(web3j, account.getAddress()),
                new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO));
        List<String> created = new ArrayList<>();
        for (var plan : blueprint.plans()) {
            if (!Code.isAt(web3j, plan.address())) {
                created.add(send(
                        deployer.address(),
                        calls.create(plan.salt().bytes(), plan.initCode()).encodeFunctionCall()));
            }
        }
        firstMined(sent);
        var first = firstMined(created);
        return blueprint.contracts(
                chainId,
                created.size() == blueprint.plans().size()
                        ? first
                        : Code.firstCreation(web3j, blueprint, Address.fromHex(account.getAddress())));
    }

    private void requireProxy() throws IOException {
        if (!Code.isAt(web3j, Blueprint.PROXY)) {
            throw new DeploymentException(("chain %d has no CREATE2 proxy at %s, from which the contracts' addresses "
                            + "follow. Anyone can put it there: pay 0.01 of the chain's currency to "
                            + "0x3fab184622dc19b6109349b94811493bf45362 and send the pre-signed transaction of the "
                            + "\"deterministic deployment proxy\"; then deploy again")
                    .formatted(chainId, Blueprint.PROXY));
        }
    }

    private String send(Address to, String data) throws IOException {
        var transaction = RawTransaction.createTransaction(
                chainId, nonce, GAS_LIMIT, to.hex(), BigInteger.ZERO, data, TIP, maxFee);
        var signed = TransactionEncoder.signMessage(transaction, account);
        var answer = web3j.ethSendRawTransaction(Numeric.toHexString(signed)).send();
        if (answer.hasError()) {
            throw new DeploymentException("the chain refused a deployment from " + account.getAddress() + " with nonce "
                    + nonce + ": " + answer.getError().getMessage());
        }
        nonce = nonce.add(BigInteger.ONE);
        return answer.getTransactionHash();
    }

    private long firstMined(List<String> sent) throws IOException {
        var first = Long.MAX_VALUE;
        for (var hash : sent) {
            var receipt = await(hash);
            if (!receipt.isStatusOK()) {
                throw new DeploymentException("the deployment " + hash + " was reverted: " + receipt.getRevertReason());
            }
            first = Math.min(first, receipt.getBlockNumber().longValueExact());
        }
        return first;
    }

    private TransactionReceipt await(String hash) throws IOException {
        try {
            return new PollingTransactionReceiptProcessor(web3j, POLL_MILLIS, POLLS).waitForTransactionReceipt(hash);
        } catch (TransactionException e) {
            throw new DeploymentException("the deployment " + hash + " was not mined: " + e.getMessage(), e);
        }
    }

    private static byte[] concatenated(Hash salt, byte[] initCode) {
        var data = new byte[Hash.LENGTH + initCode.length];
        System.arraycopy(salt.bytes(), 0, data, 0, Hash.LENGTH);
        System.arraycopy(initCode, 0, data, Hash.LENGTH, initCode.length);
        return data;
    }
}
