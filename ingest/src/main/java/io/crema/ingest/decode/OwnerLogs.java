package io.crema.ingest.decode;

import static io.crema.ingest.decode.Fields.bytes20;
import static io.crema.ingest.decode.Fields.bytes32;
import static io.crema.ingest.decode.Fields.seconds;
import static io.crema.ingest.decode.Fields.word;

import io.crema.chain.wrappers.IdentityProvider;
import io.crema.contracts.value.Address;
import io.crema.events.ApprovalWithdrawn;
import io.crema.events.Bytes20;
import io.crema.events.Origin;
import io.crema.events.OwnerAdded;
import io.crema.events.OwnerRemoved;
import io.crema.events.ProposalApproved;
import io.crema.events.ProposalExecuted;
import io.crema.events.ProposalMade;
import io.crema.events.QuorumChanged;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.web3j.protocol.core.methods.response.Log;

/** IdentityProvider's owners and their votes; the key is the owner. Stateless. */
final class OwnerLogs {
    private OwnerLogs() {}

    static void register(Address contract, ContractLogs.Readers into) {
        into.put(contract, IdentityProvider.OWNERADDED_EVENT, OwnerLogs::ownerAdded);
        into.put(contract, IdentityProvider.OWNERREMOVED_EVENT, OwnerLogs::ownerRemoved);
        into.put(contract, IdentityProvider.QUORUMCHANGED_EVENT, OwnerLogs::quorumChanged);
        into.put(contract, IdentityProvider.PROPOSALMADE_EVENT, OwnerLogs::proposalMade);
        into.put(contract, IdentityProvider.PROPOSALAPPROVED_EVENT, OwnerLogs::proposalApproved);
        into.put(contract, IdentityProvider.APPROVALWITHDRAWN_EVENT, OwnerLogs::approvalWithdrawn);
        into.put(contract, IdentityProvider.PROPOSALEXECUTED_EVENT, OwnerLogs::proposalExecuted);
    }

    private static LogRecord ownerAdded(Log log, Origin origin) {
        var event = IdentityProvider.getOwnerAddedEventFromLog(log);
        return record(new OwnerAdded(bytes20(event.owner), origin), origin);
    }

    private static LogRecord ownerRemoved(Log log, Origin origin) {
        var event = IdentityProvider.getOwnerRemovedEventFromLog(log);
        return record(new OwnerRemoved(bytes20(event.owner), origin), origin);
    }

    private static LogRecord quorumChanged(Log log, Origin origin) {
        var event = IdentityProvider.getQuorumChangedEventFromLog(log);
        return record(new QuorumChanged(bytes20(log.getAddress()), origin, event.quorum.intValueExact()), origin);
    }

    private static LogRecord proposalMade(Log log, Origin origin) {
        var event = IdentityProvider.getProposalMadeEventFromLog(log);
        return record(
                new ProposalMade(
                        bytes20(event.by),
                        origin,
                        bytes32(event.proposal),
                        Proposals.kind(event.kind),
                        bytes20(event.account),
                        word(event.value),
                        seconds(event.expires)),
                origin);
    }

    private static LogRecord proposalApproved(Log log, Origin origin) {
        var event = IdentityProvider.getProposalApprovedEventFromLog(log);
        return record(new ProposalApproved(bytes20(event.by), origin, bytes32(event.proposal)), origin);
    }

    private static LogRecord approvalWithdrawn(Log log, Origin origin) {
        var event = IdentityProvider.getApprovalWithdrawnEventFromLog(log);
        return record(new ApprovalWithdrawn(bytes20(event.by), origin, bytes32(event.proposal)), origin);
    }

    private static LogRecord proposalExecuted(Log log, Origin origin) {
        var event = IdentityProvider.getProposalExecutedEventFromLog(log);
        return record(new ProposalExecuted(bytes20(event.by), origin, bytes32(event.proposal)), origin);
    }

    private static LogRecord record(SpecificRecord value, Origin origin) {
        return LogRecord.of(Topic.CHAIN_PARTIES, ((Bytes20) value.get(0)).bytes(), value, origin);
    }
}
