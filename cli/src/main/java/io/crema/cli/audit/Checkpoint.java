package io.crema.cli.audit;

import io.crema.chain.node.Web3Chain;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.events.ChainCheckpoint;
import io.crema.schemas.convert.Convert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Up to which block ingest has brought a contract's events into the log. Not thread-safe. */
final class Checkpoint {
    private final Address contract;
    private Optional<ChainCheckpoint> newest = Optional.empty();

    private record Block(long number, Hash hash) {}

    Checkpoint(Address contract) {
        this.contract = contract;
    }

    void add(LogRecord record) {
        if (record.value().orElse(null) instanceof ChainCheckpoint checkpoint
                && Convert.address(checkpoint.getContract()).equals(contract)) {
            newest = Optional.of(checkpoint);
        }
    }

    /**
     * The chain as of the wanted block, or of the newest that the log has and that is still part of the chain.
     *
     * @throws UnreadableException when the log does not reach the block, or follows another chain
     */
    ChainAt chainAt(Web3Chain node, OptionalLong wanted) {
        var checkpoint = newest.orElseThrow(() -> new UnreadableException(
                "the log has no checkpoint of PaymentProvider %s: ingest has not read its chain yet"
                        .formatted(contract)));
        if (wanted.isPresent()) {
            if (wanted.getAsLong() > checkpoint.getBlockNumber()) {
                throw new UnreadableException(
                        "the log reaches block %d, not %d: wait for ingest, or choose an earlier --block"
                                .formatted(checkpoint.getBlockNumber(), wanted.getAsLong()));
            }
            return ChainAt.of(node, contract, wanted.getAsLong());
        }
        for (var block : blocks(checkpoint)) {
            if (ChainAt.hash(node, block.number()).filter(block.hash()::equals).isPresent()) {
                return ChainAt.of(node, contract, block.number());
            }
        }
        throw new UnreadableException(
                "the chain has none of the newest blocks of the log, up to number %d with hash %s: is this its node?"
                        .formatted(checkpoint.getBlockNumber(), Convert.hash(checkpoint.getBlockHash())));
    }

    private static List<Block> blocks(ChainCheckpoint checkpoint) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(checkpoint.getBlockNumber(), Convert.hash(checkpoint.getBlockHash())));
        for (var recent : checkpoint.getRecent().reversed()) {
            blocks.add(new Block(recent.getNumber(), Convert.hash(recent.getHash())));
        }
        return blocks;
    }
}
