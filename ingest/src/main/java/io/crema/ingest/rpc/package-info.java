/** The chain over Ethereum's JSON-RPC. */
@NullMarked
package io.crema.ingest.rpc;

import org.jspecify.annotations.NullMarked;
