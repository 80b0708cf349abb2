@NullMarked
package io.bursar.sandbox.mail;

import org.jspecify.annotations.NullMarked;
