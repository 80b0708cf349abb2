/** The command line: composition and nothing else. */
@NullMarked
package io.bursar.cli;

import org.jspecify.annotations.NullMarked;
