/** A machine's folder on disk: what it was told, its key, its journals. */
@NullMarked
package io.crema.edge.folder;

import org.jspecify.annotations.NullMarked;
