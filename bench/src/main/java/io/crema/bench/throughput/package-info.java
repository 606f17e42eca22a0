/** How many receipts the balances topology folds, on a broker and a service in processes of their own. */
@NullMarked
package io.crema.bench.throughput;

import org.jspecify.annotations.NullMarked;
