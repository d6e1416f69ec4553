package io.millrace.localcloud.topics;

/**
 * What the receiver of an HTTP subscription has to give back before it gets messages.
 *
 * @param given whether it has
 */
record Confirmation(String token, boolean given) {}
