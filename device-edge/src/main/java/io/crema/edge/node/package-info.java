/** One machine: tap, serve, remember and publish as steps over small ports. */
@NullMarked
package io.crema.edge.node;

import org.jspecify.annotations.NullMarked;
