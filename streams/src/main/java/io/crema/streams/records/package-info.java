/** Records in and out of a topology: checked, headed, quarantined. */
@NullMarked
package io.crema.streams.records;

import org.jspecify.annotations.NullMarked;
