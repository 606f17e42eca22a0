/** Each stakeholder's whole story on a real chain, through the generated wrappers. */
@NullMarked
package io.crema.chain.stories;

import org.jspecify.annotations.NullMarked;
