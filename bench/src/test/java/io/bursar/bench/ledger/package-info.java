@NullMarked
package io.bursar.bench.ledger;

import org.jspecify.annotations.NullMarked;
