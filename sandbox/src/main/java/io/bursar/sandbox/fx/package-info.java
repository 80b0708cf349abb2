@NullMarked
package io.bursar.sandbox.fx;

import org.jspecify.annotations.NullMarked;
