/** The machine's side of the gateway: parcels up, facts down, over HTTPS with the machine's own certificate. */
@NullMarked
package io.crema.edge.gateway;

import org.jspecify.annotations.NullMarked;
