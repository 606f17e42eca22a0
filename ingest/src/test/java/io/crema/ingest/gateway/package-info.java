/** The gateway against a real broker, a real machine and forged callers. */
@org.jspecify.annotations.NullMarked
package io.crema.ingest.gateway;
