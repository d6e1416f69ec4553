package io.millrace.orchestrator.api;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A part of a list that is at hand as a whole. */
final class Page {

    private Page() {}

    /**
     * What a request wants to see; the answer gets the token of what follows.
     *
     * @param key of an element, by which the next page finds where this one ended
     */
    static <T> List<T> of(
            Request request, List<T> all, Function<T, String> key, ObjectNode answer) {
        var most = request.maxResults(1000);
        var start =
                request.text("nextToken")
                        .map(StateMachineOperations::decode)
                        .map(token -> after(all, key, token))
                        .orElse(0);
        var end = Math.min(all.size(), start + most);
        if (end < all.size()) {
            answer.put("nextToken", StateMachineOperations.encode(key.apply(all.get(end - 1))));
        }
        return all.subList(start, end);
    }

    private static <T> int after(List<T> all, Function<T, String> key, String token) {
        var keys = all.stream().map(key).toList();
        if (!keys.contains(token)) {
            throw ApiError.invalidPage();
        }
        return keys.indexOf(token) + 1;
    }
}
