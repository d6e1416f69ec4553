/** A stream as data-sync sees it: shards that follow one another, each a sequence of records. */
@NullMarked
package io.millrace.datasync.stream;

import org.jspecify.annotations.NullMarked;
