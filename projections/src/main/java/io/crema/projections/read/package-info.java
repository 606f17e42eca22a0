/** What is read out of the tables, as the API and its stream show it. */
@NullMarked
package io.crema.projections.read;

import org.jspecify.annotations.NullMarked;
