/** What every part agrees on about AWS: the account, the region, names and errors. */
@NullMarked
package io.millrace.localcloud.aws;

import org.jspecify.annotations.NullMarked;
