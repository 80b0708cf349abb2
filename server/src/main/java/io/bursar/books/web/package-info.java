/** The ledger explorer: books, accounts, statements and transfers as pages of the console. Nothing here changes money. */
@NullMarked
package io.bursar.books.web;

import org.jspecify.annotations.NullMarked;
