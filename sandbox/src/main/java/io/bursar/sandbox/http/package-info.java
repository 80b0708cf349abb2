@NullMarked
package io.bursar.sandbox.http;

import org.jspecify.annotations.NullMarked;
