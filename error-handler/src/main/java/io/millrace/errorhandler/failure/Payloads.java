package io.millrace.errorhandler.failure;

import io.millrace.events.FailureRecord.Payload;

/** Keeps a payload where a record can refer to it. */
public interface Payloads {

    /** The payload itself if it is short enough to be carried, else where it lies now. */
    Payload keep(String recordId, String body);
}
