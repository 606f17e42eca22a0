package io.crema.settlement;

import io.crema.chain.node.NodeHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How settlement is doing. Immutable.
 *
 * @param sentence what is going on and, where it stands still, what to do about it
 * @param waiting intents that are in no transaction yet
 * @param open transactions that are not final
 * @param waitsFor how many of those that wait, by what for
 * @param accounts that send, the first also for service requests
 * @param nodes of the chain, in the configured order
 */
public record SettlementStatus(
        State state,
        String sentence,
        int waiting,
        int open,
        Map<WaitsFor, Integer> waitsFor,
        List<AccountStatus> accounts,
        List<NodeHealth> nodes) {

    /** Whether it works, and what keeps it from working. */
    public enum State {
        STARTING,
        RUNNING,
        /** No account can pay for gas; it goes on by itself once one can. */
        SHORT_OF_FUNDS,
        /** The external signer does not sign; it goes on by itself once it does. */
        SIGNER_UNREACHABLE,
        /** The chain lacks transactions that were final: another or a reset chain, or a node far behind. */
        CHAIN_BEHIND,
        CHAIN_UNREACHABLE,
        LOG_UNREACHABLE,
        /** Another instance settles now; this one has stopped. */
        FENCED,
        /** Stopped by a fault that does not go away by waiting. */
        FAILED,
        STOPPED
    }

    public SettlementStatus {
        waitsFor = Map.copyOf(waitsFor);
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
    }

    public static SettlementStatus starting(String sentence) {
        return new SettlementStatus(State.STARTING, sentence, 0, 0, Map.of(), List.of(), List.of());
    }

    /** What an operator has to see to before it hurts: accounts that run short of ether, nodes that are out. */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        accounts.forEach(account -> account.alarm().ifPresent(alarms::add));
        nodes.stream().filter(node -> !node.isUsable()).map(NodeHealth::fault).forEach(alarms::add);
        return alarms;
    }

    public SettlementStatus with(State other, String why) {
        return new SettlementStatus(other, why, waiting, open, waitsFor, accounts, nodes);
    }

    public SettlementStatus withNodes(List<NodeHealth> health) {
        return new SettlementStatus(state, sentence, waiting, open, waitsFor, accounts, health);
    }
}
