/** Deploys Crema's contracts to a chain, and keeps where they are. */
@NullMarked
package io.crema.chain.deploy;

import org.jspecify.annotations.NullMarked;
