/** {@code crema phone …}: the employee's wallet in a terminal, and what a company does for it. */
@NullMarked
package io.crema.cli.phone;

import org.jspecify.annotations.NullMarked;
