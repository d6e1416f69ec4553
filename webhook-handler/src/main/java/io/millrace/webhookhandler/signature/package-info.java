/** Decides whether a webhook is from who it says; knows no HTTP. */
@NullMarked
package io.millrace.webhookhandler.signature;

import org.jspecify.annotations.NullMarked;
