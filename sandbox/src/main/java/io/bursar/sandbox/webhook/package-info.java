@NullMarked
package io.bursar.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
