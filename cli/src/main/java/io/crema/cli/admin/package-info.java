/** Commands for the people who operate the system. */
@NullMarked
package io.crema.cli.admin;

import org.jspecify.annotations.NullMarked;
