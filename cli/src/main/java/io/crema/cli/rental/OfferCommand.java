package io.crema.cli.rental;

import io.crema.chain.deploy.Contracts;
import io.crema.cli.party.PartyCommand;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Offer;
import io.crema.contracts.typed.Terms;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.Hex;
import io.crema.contracts.value.MachineId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crema rental offer SERIAL}: the manufacturer signs what it offers. Nothing is sent to the chain. */
@Command(
        name = "offer",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "The manufacturer signs an offer of a machine and writes it to a file, for the customer to conclude."
                        + " It costs nothing. Amounts are in the token's smallest unit.")
final class OfferCommand extends PartyCommand {
    @Parameters(paramLabel = "SERIAL", description = "The machine's serial number.")
    private String serial = "";

    @Option(names = "--customer", description = "Who may accept; without it anyone may.")
    private @Nullable String customer;

    @Option(names = "--manufacturer", description = "Whose machine it is, where the account is only its acting key.")
    private @Nullable String manufacturer;

    @Option(names = "--min-deposit", description = "The customer's least deposit.", defaultValue = "0")
    private String minDeposit = "0";

    @Option(
            names = "--challenge-days",
            description = "How long a close request waits: machines serve offline for a day less.",
            defaultValue = "7")
    private int challengeDays;

    @Option(names = "--minimum-days", description = "How long it lasts at least.", defaultValue = "30")
    private int minimumDays;

    @Option(names = "--notice-days", description = "How long before its end either side says so.", defaultValue = "14")
    private int noticeDays;

    @Option(
            names = "--downtime-per-hour",
            description = "What the customer gets for an hour of downtime.",
            defaultValue = "0")
    private String downtimePerHour = "0";

    @Option(names = "--downtime-cap", description = "The most it gets for downtime.", defaultValue = "0")
    private String downtimeCap = "0";

    @Option(names = "--bond", description = "What the manufacturer puts behind that.", defaultValue = "0")
    private String bond = "0";

    @Option(names = "--document", description = "Keccak-256 of the contract's text.")
    private @Nullable String document;

    @Option(names = "--valid-days", description = "How long the offer holds.", defaultValue = "30")
    private int validDays;

    @Option(names = "--out", description = "The offer's file.", defaultValue = "offer.json")
    private Path out = Path.of("");

    @Override
    protected void act(SigningKey key, Contracts contracts) throws IOException {
        var payee = manufacturer == null ? key.address() : Address.fromHex(manufacturer);
        var offer = new Offer(
                payee,
                customer == null ? Address.ZERO : Address.fromHex(customer),
                MachineId.of(payee, serial),
                terms(contracts.token()),
                InstantSource.system()
                        .instant()
                        .plus(Duration.ofDays(validDays))
                        .getEpochSecond(),
                new BigInteger(256, new SecureRandom()));
        Files.writeString(out, OfferFile.write(TypedData.sign(offer, contracts.rentalDomain(), key)));
        say("Wrote %s: machine %s, offered for %d days.".formatted(out, offer.machine(), validDays));
    }

    private Terms terms(Address token) {
        return new Terms(
                token,
                Amount.parse(minDeposit),
                Duration.ofDays(challengeDays).toSeconds(),
                Duration.ofDays(minimumDays).toSeconds(),
                Duration.ofDays(noticeDays).toSeconds(),
                Amount.parse(downtimePerHour),
                Amount.parse(downtimeCap),
                Amount.parse(bond),
                document == null ? Hash.ZERO : Hash.of(Hex.decode("--document", document, Hash.LENGTH)));
    }
}
