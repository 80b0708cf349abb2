/**
 * A whole book as a file, and back into another database. What is read in is proven before it is committed. It shares
 * no code with posting: rows are copied as they are.
 */
@NullMarked
package io.bursar.ledger.archive;

import org.jspecify.annotations.NullMarked;
