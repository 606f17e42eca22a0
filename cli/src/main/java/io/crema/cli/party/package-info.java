/** What the commands of manufacturers, customers and other parties share: their account, their node, the gateway. */
@NullMarked
package io.crema.cli.party;

import org.jspecify.annotations.NullMarked;
