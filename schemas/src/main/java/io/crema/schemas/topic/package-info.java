/** The one catalogue of topics: names, keys, partitions, cleanup, and which records each holds. */
@NullMarked
package io.crema.schemas.topic;

import org.jspecify.annotations.NullMarked;
