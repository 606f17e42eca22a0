package io.crema.streams.records;

import io.crema.contracts.value.Hex;
import io.crema.events.ActingKeyChanged;
import io.crema.events.Bytes20;
import io.crema.events.ChannelCloseRequested;
import io.crema.events.ChannelClosed;
import io.crema.events.ChannelOpened;
import io.crema.events.ChannelRedeemed;
import io.crema.events.ChannelToppedUp;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.Outcome;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.ReceiptAccepted;
import io.crema.events.ReceiptRun;
import io.crema.events.RedeemRequested;
import io.crema.events.RedemptionSkipped;
import io.crema.events.RolesChanged;
import io.crema.events.ServiceRequestOpened;
import io.crema.events.SuspensionChanged;
import io.crema.events.TelemetryBatchRecord;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The key that a record's content calls for. */
final class Subjects {
    private Subjects() {}

    /** Empty where the content does not tell, as for a log that is taken back. */
    static Optional<byte[]> of(SpecificRecord record) {
        return switch (record) {
            case ReceiptRun run -> Optional.of(run.getChannel().bytes());
            case ReceiptAccepted accepted -> Optional.of(accepted.getChannel().bytes());
            case RedeemRequested requested -> Optional.of(requested.getChannel().bytes());
            case ChannelOpened opened -> Optional.of(opened.getChannel().bytes());
            case ChannelToppedUp toppedUp -> Optional.of(toppedUp.getChannel().bytes());
            case ChannelRedeemed redeemed -> Optional.of(redeemed.getChannel().bytes());
            case RedemptionSkipped skipped -> Optional.of(skipped.getChannel().bytes());
            case ChannelCloseRequested requested ->
                Optional.of(requested.getChannel().bytes());
            case ChannelClosed closed -> Optional.of(closed.getChannel().bytes());
            case ActingKeyChanged changed -> Optional.of(changed.getAccount().bytes());
            case MachineKeyRegistered registered ->
                Optional.of(registered.getAccount().bytes());
            case ParticipantOnboarded onboarded ->
                Optional.of(onboarded.getAccount().bytes());
            case RolesChanged changed -> Optional.of(changed.getAccount().bytes());
            case SuspensionChanged changed -> Optional.of(changed.getAccount().bytes());
            case TelemetryBatchRecord batch -> Optional.of(batch.getMachine().bytes());
            case ServiceRequestOpened opened -> Optional.of(opened.getRequest().bytes());
            case Outcome outcome -> Optional.of(outcome.getSubject().bytes());
            // the chain's other records of parties begin with the account
            default -> record.get(0) instanceof Bytes20 account ? Optional.of(account.bytes()) : Optional.empty();
        };
    }

    static String shown(Optional<byte[]> key) {
        return key.map(Hex::encode).orElse("absent");
    }
}
