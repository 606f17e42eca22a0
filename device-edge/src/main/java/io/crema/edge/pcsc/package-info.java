/** Phones held to a contactless reader: PC/SC through libpcsclite. */
@NullMarked
package io.crema.edge.pcsc;

import org.jspecify.annotations.NullMarked;
