package io.millrace.orchestrator.api;

import tools.jackson.databind.node.ObjectNode;

/** An operation of the API. */
@FunctionalInterface
interface Operation {

    /**
     * @throws ApiError if the request is refused
     */
    ObjectNode answer(Request request);
}
