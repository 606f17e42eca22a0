@NullMarked
package io.crema.edge.provision;

import org.jspecify.annotations.NullMarked;
