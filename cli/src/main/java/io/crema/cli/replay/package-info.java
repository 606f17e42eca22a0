/** Folds the log anew with streams' own rules, and compares what comes out with what streams has published. */
@NullMarked
package io.crema.cli.replay;

import org.jspecify.annotations.NullMarked;
