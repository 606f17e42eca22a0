package io.crema.projections.fold;

import io.crema.events.ActingKeyChanged;
import io.crema.events.LogReversed;
import io.crema.events.MachineKeyRegistered;
import io.crema.events.ParticipantOnboarded;
import io.crema.events.RolesChanged;
import io.crema.events.SuspensionChanged;
import io.crema.schemas.topic.Topic;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the chain says of participants and machine keys. */
final class PartyLog implements Fold {
    private static final String INSERT = Upsert.of(
            "party_log",
            ChainLog.KEY,
            ChainLog.ORIGIN
                    + ", account, kind, roles, suspended, epoch, signer, machine, machine_key, serial, reversed, src_partition, src_offset");

    @Override
    public Topic topic() {
        return Topic.CHAIN_PARTIES;
    }

    @Override
    public void fold(Sourced source, Batch batch) throws SQLException {
        switch (source.record()) {
            case ParticipantOnboarded e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getAccount(), "ONBOARDED"},
                                new @Nullable Object[] {roles(e.getRoles()), null, null, null, null, null, null}));
            case RolesChanged e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getAccount(), "ROLES"},
                                new @Nullable Object[] {roles(e.getRoles()), null, null, null, null, null, null}));
            case SuspensionChanged e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getAccount(), "SUSPENSION"},
                                new @Nullable Object[] {null, e.getSuspended(), null, null, null, null, null}));
            case ActingKeyChanged e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getAccount(), "ACTING_KEY"},
                                new @Nullable Object[] {null, null, e.getEpoch(), e.getSigner(), null, null, null}));
            case MachineKeyRegistered e ->
                batch.add(
                        INSERT,
                        ChainLog.row(
                                source,
                                e.getOrigin(),
                                new @Nullable Object[] {e.getAccount(), "MACHINE_KEY"},
                                new @Nullable Object[] {
                                    null, null, null, null, e.getMachine(), e.getMachineKey(), e.getSerialNumber()
                                }));
            case LogReversed e -> ChainLog.reverse("party_log", e, source, batch);
            default -> ChainLog.requireKnown(topic(), source);
        }
    }

    private static String[] roles(List<? extends CharSequence> roles) {
        return roles.stream().map(CharSequence::toString).sorted().toArray(String[]::new);
    }
}
