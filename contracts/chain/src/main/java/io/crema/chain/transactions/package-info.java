/** The transaction core: per sending account, a state folded from events and the pure decision what to do next. */
@NullMarked
package io.crema.chain.transactions;

import org.jspecify.annotations.NullMarked;
