/**
 * What is needed of the C library libvips, through the Foreign Function &amp; Memory API; knows
 * nothing of renditions. Only functions without variable arguments are called: operations are made
 * by name and get their arguments as GObject properties.
 */
@NullMarked
package io.millrace.imageprocessor.libvips;

import org.jspecify.annotations.NullMarked;
