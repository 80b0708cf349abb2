@NullMarked
package io.bursar;

import org.jspecify.annotations.NullMarked;
