/** Brings participants, machines and rentals onto a chain, as their owners would with their wallets. */
@NullMarked
package io.crema.cli.onboarding;

import org.jspecify.annotations.NullMarked;
