package io.crema.settlement;

import io.crema.contracts.crypto.Keccak;
import io.crema.contracts.crypto.SigningKey;
import io.crema.contracts.typed.Domain;
import io.crema.contracts.typed.Receipt;
import io.crema.contracts.typed.TypedData;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Amount;
import io.crema.contracts.value.ChannelId;
import io.crema.contracts.value.Hash;
import io.crema.contracts.value.MachineId;
import io.crema.contracts.value.RequestId;
import io.crema.events.NewestReceipt;
import io.crema.events.RedeemChannel;
import io.crema.events.RequestService;
import io.crema.schemas.convert.Convert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Intents as streams would emit them. */
public final class TestIntents {
    private static final Instant TIME = Instant.ofEpochSecond(1_800_000_000);

    private TestIntents() {}

    /** @param signer the customer, or somebody else for a row that the contract refuses */
    public static RedeemChannel redeem(
            Domain domain, Address customer, Address payee, long index, long total, int attempt, SigningKey signer) {
        var channel = ChannelId.of(customer, payee, index);
        var receipt = TypedData.sign(new Receipt(channel, total, Amount.of(total), Hash.ZERO), domain, signer);
        var effect = hash("redeem/" + channel + "/" + total);
        return RedeemChannel.newBuilder()
                .setIntent(Convert.bytes32(hash(effect + "/" + attempt)))
                .setEffect(Convert.bytes32(effect))
                .setAttempt(attempt)
                .setChannel(Convert.bytes32(channel))
                .setCustomer(Convert.bytes20(customer))
                .setPayee(Convert.bytes20(payee))
                .setIndex(index)
                .setReceipt(new NewestReceipt(
                        total,
                        Convert.decimal(Amount.of(total)),
                        Convert.bytes32(Hash.ZERO),
                        Convert.bytes64(receipt.signature()),
                        null))
                .setGain(Convert.decimal(Amount.of(total)))
                .setReason("THRESHOLD")
                .setUrgent(false)
                .setDecidedAt(TIME)
                .build();
    }

    public static RequestService service(MachineId machine, String fault, int attempt) {
        var id = hash(fault);
        var request = RequestId.of(machine, id).value();
        var effect = hash("service/" + request);
        return RequestService.newBuilder()
                .setIntent(Convert.bytes32(hash(effect + "/" + attempt)))
                .setEffect(Convert.bytes32(effect))
                .setAttempt(attempt)
                .setRequest(Convert.bytes32(request))
                .setMachine(Convert.bytes32(machine))
                .setFault(Convert.bytes32(id))
                .setEvidence(Convert.bytes32(hash("evidence")))
                .setUrgent(true)
                .setDecidedAt(TIME)
                .build();
    }

    public static Hash hash(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
