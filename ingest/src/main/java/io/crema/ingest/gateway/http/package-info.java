/** The gateway's doors: HTTPS, who calls, how much, and what is answered. */
@NullMarked
package io.crema.ingest.gateway.http;

import org.jspecify.annotations.NullMarked;
