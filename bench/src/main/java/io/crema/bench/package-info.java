/** What the hot paths cost, each measured beside its baseline in the same run. */
@NullMarked
package io.crema.bench;

import org.jspecify.annotations.NullMarked;
