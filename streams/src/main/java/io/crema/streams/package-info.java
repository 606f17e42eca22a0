/** The stream processing service: what it is configured by, how it starts, stops and reports. */
@NullMarked
package io.crema.streams;

import org.jspecify.annotations.NullMarked;
