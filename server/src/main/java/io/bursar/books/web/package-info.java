/** The ledger explorer: books, accounts, statements, transfers as console pages. Nothing here changes money. */
@NullMarked
package io.bursar.books.web;

import org.jspecify.annotations.NullMarked;
