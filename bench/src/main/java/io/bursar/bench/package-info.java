@NullMarked
package io.bursar.bench;

import org.jspecify.annotations.NullMarked;
