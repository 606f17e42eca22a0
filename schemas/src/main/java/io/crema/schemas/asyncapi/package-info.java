/** The catalogue as an AsyncAPI 3 document. */
@NullMarked
package io.crema.schemas.asyncapi;

import org.jspecify.annotations.NullMarked;
