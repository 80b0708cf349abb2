@NullMarked
package io.bursar.stablecoin.evm;

import org.jspecify.annotations.NullMarked;
