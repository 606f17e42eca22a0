/** The committed schemas for everyone else's tools: as a registry in this process, or loaded into another one. */
@NullMarked
package io.crema.schemas.registry;

import org.jspecify.annotations.NullMarked;
