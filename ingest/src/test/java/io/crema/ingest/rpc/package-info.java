/** Tests of what nodes say. */
@NullMarked
package io.crema.ingest.rpc;

import org.jspecify.annotations.NullMarked;
