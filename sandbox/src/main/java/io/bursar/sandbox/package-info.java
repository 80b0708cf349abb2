/** The demo and what it is made of: stand-ins for the outside world that speak real wire formats over loopback. */
@NullMarked
package io.bursar.sandbox;

import org.jspecify.annotations.NullMarked;
