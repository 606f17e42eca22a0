/** A machine that has a REST interface of its own. */
@NullMarked
package io.crema.edge.body.http;

import org.jspecify.annotations.NullMarked;
