package io.crema.simulation.world;

import io.crema.chain.transactions.CallResult;
import io.crema.chain.transactions.ChainReader;
import io.crema.chain.transactions.Execution;
import io.crema.chain.transactions.Payload;
import io.crema.contracts.value.Address;
import io.crema.contracts.value.Hash;
import io.crema.edge.journal.AppendLog;
import io.crema.edge.journal.Position;
import io.crema.edge.publish.LogPort;
import io.crema.events.ChainCheckpoint;
import io.crema.events.LogReversed;
import io.crema.events.ReversibleLog;
import io.crema.events.TransactionStage;
import io.crema.ingest.watch.EventLog;
import io.crema.ingest.watch.LogRecord;
import io.crema.schemas.wire.RecordCodec;
import io.crema.settlement.step.AccountLog;
import io.crema.simulation.Connection;
import io.crema.simulation.CrashPoints;
import io.crema.simulation.chain.SenderNode;
import io.crema.simulation.chain.SimulatedChain;
import io.crema.simulation.log.Fetched;
import io.crema.simulation.log.LogWriter;
import io.crema.simulation.log.Place;
import io.crema.simulation.log.SimulatedLog;
import io.crema.simulation.log.StoredRecord;
import io.crema.simulation.streams.TaskHooks;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Wires that are broken as real programs were. Only here, never in the product. */
final class PlantedFaults {
    private PlantedFaults() {}

    /** Settlement sends a transaction out, then makes it durable. */
    static Wiring broadcastBeforeDurable() {
        return new Wiring() {
            @Override
            public AccountLog account(AccountLog log, SimulatedChain chain) {
                var node = new SenderNode(chain, Town.CHAIN_ID, new CrashPoints(), new Connection());
                return entry -> {
                    entry.steps().stream()
                            .filter(step -> step.getStage() == TransactionStage.PREPARED)
                            .forEach(step -> {
                                var bytes = new byte
                                        [Objects.requireNonNull(step.getSigned())
                                                .remaining()];
                                step.getSigned().duplicate().get(bytes);
                                node.send(Payload.of(bytes));
                            });
                    log.commit(entry);
                };
            }
        };
    }

    /** The machine writes its receipts, and does not wait for the disk. */
    static Wiring journalWithoutFsync() {
        return new Wiring() {
            @Override
            public AppendLog journal(AppendLog disk) {
                return new LazyJournal(disk);
            }
        };
    }

    /** Settlement reads intents that may still be aborted. */
    static Wiring uncommittedReads() {
        return new Wiring() {
            @Override
            public Fetched intents(SimulatedLog log, Place place, long from, int most) {
                return log.readUncommitted(place, from, most);
            }
        };
    }

    /** The machine's publisher chooses the partition by another hash. */
    static Wiring wrongPartition() {
        return new Wiring() {
            @Override
            public LogPort publisher(LogPort port, SimulatedLog log) {
                return (parcel, source) -> {
                    var topic = parcel.topic().topicName();
                    var right = log.place(topic, parcel.key());
                    var place = new Place(topic, (right.partition() + 1) % log.partitions());
                    var value = RecordCodec.perThread().encode(parcel.topic(), parcel.record());
                    log.append(place, parcel.key(), value, parcel.time());
                    return CompletableFuture.completedFuture(null);
                };
            }
        };
    }

    /** The watcher's checkpoint is written first, in a transaction of its own. */
    static Wiring checkpointAheadOfEvents() {
        return events((log, records, checkpoint) -> {
            log.append(List.of(), checkpoint);
            log.append(records, checkpoint);
        });
    }

    /** Settlement starts from the node's count of nonces alone. */
    static Wiring nonceFromTheNodesCount() {
        return new Wiring() {
            @Override
            public List<StoredRecord> history(List<StoredRecord> steps) {
                return List.of();
            }
        };
    }

    /** What was set aside is not restored. */
    static Wiring lostSetAsideRecordAtRestore() {
        return tasks(new TaskHooks() {
            @Override
            public List<StoredRecord> changelog(SimulatedLog log, Place place) {
                return place.topic().endsWith("-waiting-changelog") ? List.of() : TaskHooks.super.changelog(log, place);
            }
        });
    }

    /** Records are written in one transaction, changelogs and positions in the next. */
    static Wiring acceptedTwiceAfterRebalance() {
        return tasks(new TaskHooks() {
            @Override
            public void write(Output output, LogWriter writer) {
                writer.begin();
                output.records().stream()
                        .filter(record -> !record.topic().endsWith("-changelog"))
                        .forEach(record -> send(writer, record));
                writer.commit();
                output.with(records -> records.stream()
                                .filter(record -> record.topic().endsWith("-changelog"))
                                .toList())
                        .commit(writer);
            }
        });
    }

    /** Settlement asks for what is redeemed as of the newest block. */
    static Wiring totalFromAnUnfinalBlock() {
        return new Wiring() {
            @Override
            public ChainReader reader(ChainReader node, SimulatedChain chain) {
                return new Hasty(node, chain);
            }
        };
    }

    /** The topology knows only the newest keys of a customer. */
    static Wiring epochJudgedAsOfNow() {
        return tasks(new TaskHooks() {
            @Override
            public Fetched read(SimulatedLog log, Place place, long from, int most) {
                return NewestKeys.only(TaskHooks.super.read(log, place, from, most));
            }
        });
    }

    /** The topology's intents are named by their effects alone. */
    static Wiring intentWithoutAttempt() {
        return tasks(new TaskHooks() {
            @Override
            public void write(Output output, LogWriter writer) {
                output.with(records -> records.stream().map(EffectNamed::intent).toList())
                        .commit(writer);
            }
        });
    }

    /** A settlement that was replaced is not fenced. */
    static Wiring zombieThatWrites() {
        return new Wiring() {
            private int opened;

            @Override
            public LogWriter accountWriter(SimulatedLog log, String transactionalId) {
                return log.writer(transactionalId + "-" + opened++);
            }
        };
    }

    /** The machine's publisher takes a record for delivered when it was sent. */
    static Wiring acknowledgedBeforeTheLogHasIt() {
        return new Wiring() {
            private int sent;

            @Override
            public LogPort publisher(LogPort port, SimulatedLog log) {
                return (parcel, source) ->
                        ++sent % 5 == 0 ? CompletableFuture.completedFuture(null) : port.send(parcel, source);
            }
        };
    }

    /** The watcher does not tell that a block was replaced. */
    static Wiring reorgUntold() {
        return events((log, records, checkpoint) -> log.append(
                records.stream()
                        .filter(record -> !(record.value() instanceof LogReversed))
                        .toList(),
                checkpoint));
    }

    /** A task commits how far it has read, then what it made of it. */
    static Wiring positionsBeforeRecords() {
        return tasks(new TaskHooks() {
            @Override
            public void write(Output output, LogWriter writer) {
                output.with(records -> List.of()).commit(writer);
                output.commit(writer);
            }
        });
    }

    private static void send(LogWriter writer, StoredRecord record) {
        writer.send(new Place(record.topic(), record.partition()), record.key(), record.value(), record.time());
    }

    private static Wiring tasks(TaskHooks hooks) {
        return new Wiring() {
            @Override
            public TaskHooks tasks() {
                return hooks;
            }
        };
    }

    /** Appends in its own way. */
    private interface Appending {
        void append(EventLog log, List<LogRecord> records, ChainCheckpoint checkpoint);
    }

    private static Wiring events(Appending appending) {
        return new Wiring() {
            @Override
            public EventLog events(EventLog log) {
                return new EventLog() {
                    @Override
                    public Optional<ChainCheckpoint> open() {
                        return log.open();
                    }

                    @Override
                    public void append(List<LogRecord> records, ChainCheckpoint checkpoint) {
                        appending.append(log, records, checkpoint);
                    }

                    @Override
                    public List<ReversibleLog> published(long above, Instant since) {
                        return log.published(above, since);
                    }
                };
            }
        };
    }

    /** Everything is only noted. */
    private record LazyJournal(AppendLog disk) implements AppendLog {
        @Override
        public Position append(byte[] entry) {
            return disk.note(entry);
        }

        @Override
        public Position note(byte[] entry) {
            return disk.note(entry);
        }

        @Override
        public Position roll(byte[] snapshot) {
            return disk.roll(snapshot);
        }

        @Override
        public void read(Position from, Visitor visitor) {
            disk.read(from, visitor);
        }

        @Override
        public Position newestSegment() {
            return disk.newestSegment();
        }

        @Override
        public Position end() {
            return disk.end();
        }

        @Override
        public Position oldest() {
            return disk.oldest();
        }

        @Override
        public void dropBefore(long segment) {
            disk.dropBefore(segment);
        }

        @Override
        public void close() {
            disk.close();
        }
    }

    /** Whatever block is asked for, the newest answers. */
    private record Hasty(ChainReader node, SimulatedChain chain) implements ChainReader {
        @Override
        public BigInteger balance(Address account) {
            return node.balance(account);
        }

        @Override
        public List<CallResult<Payload>> callAll(List<Question> questions, long blockNumber) {
            return node.callAll(questions, chain.head());
        }

        @Override
        public Optional<Execution> execution(Hash transaction) {
            return node.execution(transaction);
        }
    }
}
