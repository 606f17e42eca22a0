package io.crema.schemas.topic;

import io.crema.events.*;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Every topic of the system. Services name topics by these constants only; nothing else creates topics. */
public enum Topic {
    EDGE_RECEIPTS("edge.receipts.events.v1", Key.CHANNEL, Kind.EVENTS, ReceiptRun.class),
    EDGE_TELEMETRY("edge.telemetry.events.v1", Key.MACHINE, Kind.TELEMETRY, TelemetryBatchRecord.class),
    CHAIN_CHANNELS(
            "chain.channels.events.v1",
            Key.CHANNEL,
            Kind.EVENTS,
            ChannelOpened.class,
            ChannelToppedUp.class,
            ChannelRedeemed.class,
            RedemptionSkipped.class,
            ChannelCloseRequested.class,
            ChannelClosed.class,
            LogReversed.class),
    CHAIN_PARTIES(
            "chain.parties.events.v1",
            Key.ACCOUNT,
            Kind.EVENTS,
            ParticipantOnboarded.class,
            RolesChanged.class,
            SuspensionChanged.class,
            ActingKeyChanged.class,
            MachineKeyRegistered.class,
            OwnerAdded.class,
            OwnerRemoved.class,
            QuorumChanged.class,
            ProposalMade.class,
            ProposalApproved.class,
            ApprovalWithdrawn.class,
            ProposalExecuted.class,
            MetadataChanged.class,
            GuardianChanged.class,
            MoveStarted.class,
            MoveObjected.class,
            IdentityMoved.class,
            DidOwnerChanged.class,
            MachineRetired.class,
            MoveAdopted.class,
            StandingAgreementChanged.class,
            OfferCancelled.class,
            Deposited.class,
            Withdrawn.class,
            LogReversed.class),
    CHAIN_AGREEMENTS(
            "chain.agreements.events.v1",
            Key.AGREEMENT,
            Kind.EVENTS,
            RentalConcluded.class,
            RentalBegun.class,
            RentalTerminated.class,
            RenewalProposed.class,
            RentalRenewed.class,
            MachineHandedOver.class,
            MachineReturned.class,
            BondReserved.class,
            BondReleased.class,
            DowntimeClaimed.class,
            DowntimeCredited.class,
            DowntimeDisputed.class,
            DowntimeRuled.class,
            DowntimeRejected.class,
            ServiceRequested.class,
            ServiceAgreed.class,
            ServiceAgreementEnded.class,
            BackupAgreementChanged.class,
            ServiceAssigned.class,
            ServiceAccepted.class,
            ServiceDeclined.class,
            ServiceReported.class,
            ServiceAttested.class,
            ServiceDisputed.class,
            ServiceRuled.class,
            ServicePaid.class,
            ServiceRefunded.class,
            ServiceEscalated.class,
            ServiceCancelled.class,
            SupplyAgreed.class,
            SupplyAgreementEnded.class,
            OrderingMachineChanged.class,
            SupplyOrdered.class,
            RecipientNamed.class,
            SupplyAttested.class,
            SupplyShipped.class,
            SupplyArrived.class,
            SupplyVouched.class,
            SupplyDelivered.class,
            SupplyDisputed.class,
            SupplyRuled.class,
            SupplyRefunded.class,
            SupplyCancelled.class,
            LogReversed.class),
    CHAIN_CHECKPOINTS("chain.checkpoints.table.v1", Key.CONTRACT, Kind.TABLE, ChainCheckpoint.class),
    RECEIPTS("channels.receipts.events.v1", Key.CHANNEL, Kind.EVENTS, ReceiptAccepted.class),
    CHANNEL_COMMANDS("channels.commands.v1", Key.CHANNEL, Kind.EVENTS, RedeemRequested.class),
    BALANCES("channels.balances.table.v1", Key.CHANNEL, Kind.TABLE, ChannelBalance.class),
    MACHINE_EVENTS("machines.events.v1", Key.MACHINE, Kind.EVENTS, FaultRaised.class, FaultCleared.class),
    MACHINE_TWINS("machines.twins.table.v1", Key.MACHINE, Kind.TABLE, MachineTwin.class),
    MACHINE_COMMANDS("machines.commands.v1", Key.MACHINE, Kind.EVENTS, MachineClaimed.class, MachinePlaced.class),
    MACHINE_TARIFFS("machines.tariffs.table.v1", Key.MACHINE, Kind.TABLE, MachineTariffs.class),
    REVOCATIONS("customers.revocations.table.v1", Key.ACCOUNT, Kind.TABLE, BadgesRevoked.class),
    SERVICE_REQUESTS("service.requests.events.v1", Key.AGREEMENT, Kind.EVENTS, ServiceRequestOpened.class),
    MACHINE_HOURS("analytics.hours.table.v1", Key.MACHINE_PRODUCT_HOUR, Kind.TABLE, MachineHour.class),
    INTENTS("chain.intents.commands.v1", Key.SUBJECT, Kind.EVENTS, RedeemChannel.class, RequestService.class),
    TRANSACTIONS("chain.transactions.events.v1", Key.ACCOUNT, Kind.EVENTS, TransactionStep.class),
    OUTCOMES("chain.outcomes.events.v1", Key.SUBJECT, Kind.EVENTS, Outcome.class),
    QUARANTINE("quarantine.events.v1", Key.ORIGINAL, Kind.EVENTS, Quarantined.class);

    /** What a topic's raw key bytes are. */
    public enum Key {
        /** Channel id, 32 bytes. */
        CHANNEL,
        /** Machine id, 32 bytes. */
        MACHINE,
        /** Account, 20 bytes. */
        ACCOUNT,
        /** Rental, agreement, request, order or shipment id, 32 bytes. */
        AGREEMENT,
        /** Contract address, 20 bytes. */
        CONTRACT,
        /** Channel or request id, 32 bytes. */
        SUBJECT,
        /** Machine id, product id, start of the hour as big-endian microseconds: 72 bytes. */
        MACHINE_PRODUCT_HOUR,
        /** The key of the record that was refused. */
        ORIGINAL
    }

    /** How long a topic keeps what. */
    public enum Kind {
        /** Kept for ever. */
        EVENTS,
        /** Kept for 30 days. */
        TELEMETRY,
        /** Compacted: the newest record of a key is its state. */
        TABLE
    }

    private final String topicName;
    private final Key key;
    private final Kind kind;
    private final List<Class<? extends SpecificRecord>> records;

    @SafeVarargs
    Topic(String topicName, Key key, Kind kind, Class<? extends SpecificRecord>... records) {
        this.topicName = topicName;
        this.key = key;
        this.kind = kind;
        this.records = List.of(records);
    }

    public String topicName() {
        return topicName;
    }

    public Key key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** The record types that the topic may hold. */
    public List<Class<? extends SpecificRecord>> records() {
        return records;
    }

    /** How long a record stays; empty = for ever. */
    public Optional<Duration> retention() {
        return kind == Kind.TELEMETRY ? Optional.of(Duration.ofDays(30)) : Optional.empty();
    }

    public static Optional<Topic> named(String topicName) {
        return Optional.ofNullable(ByName.ALL.get(topicName));
    }

    /** An enum's constructor cannot fill a map of its own. */
    private static final class ByName {
        static final Map<String, Topic> ALL =
                Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));
    }

    @Override
    public String toString() {
        return topicName;
    }
}
