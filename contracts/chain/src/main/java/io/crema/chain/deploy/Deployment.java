package io.crema.chain.deploy;

import io.crema.chain.wrappers.CremaTestToken;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.chain.wrappers.MaintenanceProvider;
import io.crema.chain.wrappers.PaymentProvider;
import io.crema.chain.wrappers.RentalProvider;
import io.crema.contracts.value.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint24;
import org.web3j.crypto.ContractUtils;
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
 * Deploys all contracts from one account. Their addresses follow from the account's nonce, so they are sent at once,
 * know each other from birth, and one block can hold them all. The account must not send anything else meanwhile.
 */
public final class Deployment {
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(6_000_000);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000);
    private static final long POLL_MILLIS = 50;
    private static final int POLLS = 2_400;

    private final Web3j web3j;
    private final Credentials account;
    private final long chainId;
    private final BigInteger maxFee;
    private final List<String> sent = new ArrayList<>();
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
     * @throws DeploymentException when it refuses or reverts a transaction, or does not mine it in time
     */
    public static Contracts deploy(Web3j web3j, Credentials account, DeploymentOptions options) throws IOException {
        return new Deployment(web3j, account).run(options);
    }

    /** As above with {@link DeploymentOptions#DEFAULT}: for test chains. */
    public static Contracts deploy(Web3j web3j, Credentials account) throws IOException {
        return deploy(web3j, account, DeploymentOptions.DEFAULT);
    }

    private Contracts run(DeploymentOptions options) throws IOException {
        var owners = options.owners().isEmpty()
                ? List.of(abi(Address.fromHex(account.getAddress())))
                : options.owners().stream().map(Deployment::abi).toList();
        var token = options.token().isPresent() ? options.token().get() : create(CremaTestToken.BINARY);
        var identity =
                create(IdentityProvider.BINARY, new DynamicArray<>(org.web3j.abi.datatypes.Address.class, owners));
        var rental = addressAt(nonce.add(BigInteger.ONE));
        var payment = create(
                PaymentProvider.BINARY,
                abi(token),
                abi(rental),
                new Uint24(options.minPeriodMinutes()),
                new Uint24(options.maxPeriodMinutes()));
        create(RentalProvider.BINARY, abi(identity), abi(payment));
        var maintenance = create(MaintenanceProvider.BINARY, abi(identity));
        return new Contracts(token, identity, payment, rental, maintenance, chainId, firstBlock());
    }

    private Address create(String binary, Type<?>... arguments) throws IOException {
        var data = binary + FunctionEncoder.encodeConstructor(List.of(arguments));
        var transaction = RawTransaction.createTransaction(
                chainId, nonce, GAS_LIMIT, "", BigInteger.ZERO, Numeric.prependHexPrefix(data), TIP, maxFee);
        var signed = TransactionEncoder.signMessage(transaction, account);
        var answer = web3j.ethSendRawTransaction(Numeric.toHexString(signed)).send();
        if (answer.hasError()) {
            throw new DeploymentException("the chain refused a deployment from " + account.getAddress() + " with nonce "
                    + nonce + ": " + answer.getError().getMessage());
        }
        sent.add(answer.getTransactionHash());
        var created = addressAt(nonce);
        nonce = nonce.add(BigInteger.ONE);
        return created;
    }

    private long firstBlock() throws IOException {
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

    private Address addressAt(BigInteger accountNonce) {
        return Address.fromHex(ContractUtils.generateContractAddress(account.getAddress(), accountNonce));
    }

    private static org.web3j.abi.datatypes.Address abi(Address address) {
        return new org.web3j.abi.datatypes.Address(address.hex());
    }
}
