/** The contract calls that settlement makes, and what the contracts answer. */
@NullMarked
package io.crema.settlement.contract;

import org.jspecify.annotations.NullMarked;
