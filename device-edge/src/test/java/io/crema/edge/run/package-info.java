@NullMarked
package io.crema.edge.run;

import org.jspecify.annotations.NullMarked;
