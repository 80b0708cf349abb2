@NullMarked
package io.bursar.sandbox.evm;

import org.jspecify.annotations.NullMarked;
