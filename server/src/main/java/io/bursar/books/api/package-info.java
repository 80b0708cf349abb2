/** The ledger over HTTP: whoever holds a key to a book posts to it and reads it, and sees no other. */
@NullMarked
package io.bursar.books.api;

import org.jspecify.annotations.NullMarked;
