/** Pages and the partner API of stablecoin payments: parse, call one verb, render. */
@NullMarked
package io.bursar.stablecoin.web;

import org.jspecify.annotations.NullMarked;
