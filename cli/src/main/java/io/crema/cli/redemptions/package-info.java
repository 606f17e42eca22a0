/** Says what will be redeemed next and why, from the log alone and by the rules that streams decides by. */
@NullMarked
package io.crema.cli.redemptions;

import org.jspecify.annotations.NullMarked;
