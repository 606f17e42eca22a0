/** Records as bytes: Confluent's wire format with committed schema ids. */
@NullMarked
package io.crema.schemas.wire;

import org.jspecify.annotations.NullMarked;
