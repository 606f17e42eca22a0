/** What makes a machine itself: its keys, encrypted; its certificate; and the code by which its manufacturer claims it. */
@NullMarked
package io.crema.edge.provision;

import org.jspecify.annotations.NullMarked;
