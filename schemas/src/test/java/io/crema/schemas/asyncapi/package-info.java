/** The document against the catalogue. */
@NullMarked
package io.crema.schemas.asyncapi;

import org.jspecify.annotations.NullMarked;
