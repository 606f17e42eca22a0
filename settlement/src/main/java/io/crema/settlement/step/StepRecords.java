package io.crema.settlement.step;

import io.crema.chain.transactions.AccountState;
import io.crema.chain.transactions.Call;
import io.crema.chain.transactions.FailureCause;
import io.crema.chain.transactions.Inclusion;
import io.crema.chain.transactions.OpenTransaction;
import io.crema.chain.transactions.Payload;
import io.crema.chain.transactions.SignedTransaction;
import io.crema.chain.transactions.SignedVersion;
import io.crema.chain.transactions.TransactionEvent;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.TransactionIntent;
import io.crema.events.TransactionStage;
import io.crema.events.TransactionStep;
import io.crema.schemas.convert.Convert;
import io.crema.settlement.contract.ContractCalls;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The transaction core's events to and from the published steps. Pure. */
final class StepRecords {
    private final Address account;
    private final Function<Hash, TransactionIntent> parts;

    /** @param parts what to publish of an intent by its id */
    StepRecords(Address account, Function<Hash, TransactionIntent> parts) {
        this.account = account;
        this.parts = parts;
    }

    /** @param state before the event */
    TransactionStep toRecord(TransactionEvent event, AccountState state) {
        return switch (event) {
            case TransactionEvent.Prepared e ->
                step(e, e.call(), 1, e.version(), TransactionStage.PREPARED)
                        .setSigned(signed(e.version()))
                        .build();
            case TransactionEvent.Replaced e -> {
                var open = open(state, e);
                yield step(e, open.call(), open.versions().size() + 1, e.version(), TransactionStage.PREPARED)
                        .setSigned(signed(e.version()))
                        .setReason("not mined so far; this version pays more")
                        .build();
            }
            case TransactionEvent.Sent e ->
                known(e, open(state, e), Optional.of(e.transaction()), TransactionStage.SENT)
                        .build();
            case TransactionEvent.Refused e ->
                throw new IllegalArgumentException("a refused broadcast is not published: nonce " + e.nonce());
            case TransactionEvent.Mined e -> executed(e, e.inclusion(), state, TransactionStage.MINED);
            case TransactionEvent.Reorged e ->
                known(e, open(state, e), Optional.of(e.lost().transaction()), TransactionStage.SENT)
                        .setReason("block %d %s left the chain"
                                .formatted(e.lost().blockNumber(), e.lost().block()))
                        .build();
            case TransactionEvent.Confirmed e -> executed(e, e.inclusion(), state, TransactionStage.CONFIRMED);
            case TransactionEvent.Failed(var _, FailureCause.Reverted(var inclusion), var _) ->
                executed(event, inclusion, state, TransactionStage.FAILED);
            case TransactionEvent.Failed e ->
                known(e, open(state, e), Optional.empty(), TransactionStage.REPLACED)
                        .setReason("another transaction of the account took the nonce")
                        .build();
        };
    }

    /** @param state before the step; empty when the step changes nothing */
    static Optional<TransactionEvent> fromRecord(TransactionStep step, AccountState state) {
        var nonce = step.getNonce();
        var at = step.getTime();
        var open = Optional.ofNullable(state.open().get(nonce));
        return switch (step.getStage()) {
            case PREPARED -> Optional.of(prepared(step));
            case SENT ->
                open.map(transaction -> transaction
                        .inclusion()
                        .<TransactionEvent>map(lost -> new TransactionEvent.Reorged(nonce, lost, at))
                        .orElseGet(
                                () -> new TransactionEvent.Sent(nonce, Convert.hash(step.getTransactionHash()), at)));
            case MINED -> Optional.of(new TransactionEvent.Mined(nonce, inclusion(step), at));
            case CONFIRMED -> Optional.of(new TransactionEvent.Confirmed(nonce, inclusion(step), at));
            case REPLACED ->
                Optional.of(new TransactionEvent.Failed(nonce, new FailureCause.NonceTaken(nonce + 1), at));
            case FAILED ->
                Optional.of(new TransactionEvent.Failed(nonce, new FailureCause.Reverted(inclusion(step)), at));
            case UNKNOWN ->
                throw new IllegalStateException(
                        "a step of nonce %d has a stage that this version does not know; run the newer version"
                                .formatted(nonce));
        };
    }

    private static TransactionEvent prepared(TransactionStep step) {
        var bytes = Objects.requireNonNull(step.getSigned(), "a PREPARED step carries its signed bytes");
        var raw = new byte[bytes.remaining()];
        bytes.duplicate().get(raw);
        var transaction = SignedTransaction.decode(Payload.of(raw));
        if (step.getVersion() > 1) {
            return new TransactionEvent.Replaced(step.getNonce(), transaction.version(), step.getTime());
        }
        var intents = step.getIntents().stream()
                .map(part -> Convert.hash(part.getIntent()))
                .toList();
        return new TransactionEvent.Prepared(
                step.getNonce(), transaction.call(intents), transaction.version(), step.getTime());
    }

    private static Inclusion inclusion(TransactionStep step) {
        return new Inclusion(
                Convert.hash(step.getTransactionHash()),
                Convert.hash(Objects.requireNonNull(step.getBlockHash(), "an executed step names its block")),
                Objects.requireNonNull(step.getBlockNumber(), "an executed step names its block"),
                Boolean.TRUE.equals(step.getSucceeded()),
                Objects.requireNonNull(step.getGasUsed(), "an executed step names its gas"),
                Objects.requireNonNull(step.getEffectiveGasPrice(), "an executed step names its gas price")
                        .toBigIntegerExact());
    }

    private TransactionStep executed(
            TransactionEvent event, Inclusion inclusion, AccountState state, TransactionStage stage) {
        return known(event, open(state, event), Optional.of(inclusion.transaction()), stage)
                .setBlockNumber(inclusion.blockNumber())
                .setBlockHash(Convert.bytes32(inclusion.block()))
                .setGasUsed(inclusion.gasUsed())
                .setEffectiveGasPrice(Convert.decimal(inclusion.gasPrice()))
                .setSucceeded(inclusion.success())
                .setReason(inclusion.success() ? "" : "reverted in block " + inclusion.blockNumber())
                .build();
    }

    /** @param hash of the version that is meant; empty = the newest */
    private TransactionStep.Builder known(
            TransactionEvent event, OpenTransaction open, Optional<Hash> hash, TransactionStage stage) {
        var wanted = hash.orElse(open.newest().hash());
        var versions = open.versions();
        var index = versions.size() - 1;
        while (index > 0 && !versions.get(index).hash().equals(wanted)) {
            index--;
        }
        return step(event, open.call(), index + 1, versions.get(index), stage);
    }

    private TransactionStep.Builder step(
            TransactionEvent event, Call call, int version, SignedVersion signed, TransactionStage stage) {
        List<TransactionIntent> intents = call.intents().stream().map(parts).toList();
        return TransactionStep.newBuilder()
                .setAccount(Convert.bytes20(account))
                .setNonce(event.nonce())
                .setVersion(version)
                .setStage(stage)
                .setTransactionHash(Convert.bytes32(signed.hash()))
                .setTo(Convert.bytes20(call.to()))
                .setIntents(intents)
                .setKind(ContractCalls.kind(call.data()))
                .setMaxFeePerGas(Convert.decimal(signed.fees().max()))
                .setMaxPriorityFeePerGas(Convert.decimal(signed.fees().maxPriority()))
                .setGasLimit(call.gasLimit())
                .setTime(micros(event.at()));
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private static OpenTransaction open(AccountState state, TransactionEvent event) {
        return Objects.requireNonNull(
                state.open().get(event.nonce()), () -> "nonce %d is not open".formatted(event.nonce()));
    }

    private static ByteBuffer signed(SignedVersion version) {
        return ByteBuffer.wrap(version.raw().bytes());
    }
}
