/** How a cup is poured and what a contact means: pure steps over inputs and time. */
@NullMarked
package io.crema.edge.body.control;

import org.jspecify.annotations.NullMarked;
