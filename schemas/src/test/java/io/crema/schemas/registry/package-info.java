/** The registry against Confluent's client and Apicurio. */
@NullMarked
package io.crema.schemas.registry;

import org.jspecify.annotations.NullMarked;
