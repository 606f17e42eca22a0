/** Between published records and the protocol's value types. */
@NullMarked
package io.crema.schemas.convert;

import org.jspecify.annotations.NullMarked;
