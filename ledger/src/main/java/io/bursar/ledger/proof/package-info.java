/**
 * Proof that a book is what was posted. It shares no code with posting: what is wrong there must not be wrong here in
 * the same way.
 */
@NullMarked
package io.bursar.ledger.proof;

import org.jspecify.annotations.NullMarked;
