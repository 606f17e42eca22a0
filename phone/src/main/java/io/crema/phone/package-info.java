/** The employee's wallet: key, badges, limits and receipts, and the phone's side of the tap. */
@NullMarked
package io.crema.phone;

import org.jspecify.annotations.NullMarked;
