package io.crema.ingest.watch;

import io.crema.contracts.value.Hash;
import java.time.Instant;

/** What the watcher needs to know of a block. */
public record BlockHeader(long number, Hash hash, Hash parent, Instant time) {}
