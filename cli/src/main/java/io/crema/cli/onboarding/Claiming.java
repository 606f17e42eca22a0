package io.crema.cli.onboarding;

import io.crema.chain.deploy.Contracts;
import io.crema.chain.wrappers.IdentityProvider;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.MachineId;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import org.web3j.protocol.Web3j;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** Registers machines for their manufacturers. What the chain says decides, so that doing it again does no harm. */
public final class Claiming {
    private static final StaticGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final Web3j chain;
    private final Contracts contracts;
    private final IdentityProvider identity;

    public Claiming(Web3j chain, Contracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
        this.identity = IdentityProvider.load(
                contracts.identityProvider().hex(),
                chain,
                new ReadonlyTransactionManager(chain, Address.ZERO.hex()),
                NO_GAS);
    }

    /** How it went. */
    public enum Result {
        REGISTERED("Registered"),
        /** It was so before; nothing was sent. */
        ALREADY("Already registered:"),
        ROTATED("Gave another key to"),
        /** It is registered with another key, and rotating was not asked for; nothing was sent. */
        OTHER_KEY("Not registered:");

        private final String words;

        Result(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Makes the key the machine's.
     *
     * @param account the manufacturer's, or its acting key
     * @param overlap how long a previous key still counts; negative = a previous key is not replaced
     * @throws OnboardingException when the chain refuses
     */
    public Result claim(SigningKey account, Address manufacturer, String serial, Address machineKey, Duration overlap)
            throws IOException {
        var machine = MachineId.of(manufacturer, serial);
        var known = key(machine);
        if (known.isZero()) {
            send("register machine " + serial, account, registration(account, manufacturer, serial, machineKey));
            return Result.REGISTERED;
        }
        if (known.equals(machineKey)) {
            return Result.ALREADY;
        }
        if (overlap.isNegative()) {
            return Result.OTHER_KEY;
        }
        send(
                "rotate the key of machine " + serial,
                account,
                identity.rotateMachineKey(machine.bytes(), machineKey.hex(), BigInteger.valueOf(overlap.toSeconds()))
                        .encodeFunctionCall());
        return Result.ROTATED;
    }

    private String registration(SigningKey account, Address manufacturer, String serial, Address machineKey) {
        return account.address().equals(manufacturer)
                ? identity.registerMachine(serial, machineKey.hex()).encodeFunctionCall()
                : identity.registerMachineFor(manufacturer.hex(), serial, machineKey.hex())
                        .encodeFunctionCall();
    }

    /** The key that the chain knows; zero if none. */
    public Address key(MachineId machine) throws IOException {
        try {
            return Address.fromHex(identity.machines(machine.bytes()).send().key);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // web3j's calls throw Exception
            throw new OnboardingException("the chain does not answer about machine " + machine, e);
        }
    }

    private void send(String what, SigningKey account, String data) throws IOException {
        new ChainBatch(chain, contracts.chainId())
                .send(what, account, contracts.identityProvider(), data)
                .await();
    }
}
