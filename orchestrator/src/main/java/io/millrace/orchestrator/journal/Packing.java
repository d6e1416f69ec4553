package io.millrace.orchestrator.journal;

import io.millrace.events.EventIds;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.journal.HeadCodec.Encoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what of an execution stands in its head and what in items of its own. A head is to stay
 * small: DynamoDB bills each commit by its size.
 */
final class Packing {

    /** Above this many bytes a head gives up history, then data. */
    static final int HEAD_BYTES = 16 * 1024;

    /** Data above this many bytes is too much for an item, of which DynamoDB takes 400 KB. */
    static final int ITEM_BYTES = 300_000;

    private static final String ITEM = "d#";
    private static final String OBJECT = "s#";

    /** Data below this size is not worth an item. */
    private static final int DATUM_BYTES = 2 * 1024;

    private final HeadCodec codec;

    Packing(HeadCodec codec) {
        this.codec = codec;
    }

    /**
     * A head ready to be written.
     *
     * @param head as it will be read: events that moved are referred to
     * @param items what has to be written before it, by sort key
     */
    record Packed(Head head, Document document, Map<String, Document> items) {}

    /** An item's content: its data stands in it, or is named by the key of its item or object. */
    record Document(String structure, List<Piece> data) {

        boolean refersElsewhere() {
            return data.stream().anyMatch(Piece.Elsewhere.class::isInstance);
        }

        /** How many characters stand in it. */
        int length() {
            return structure.length()
                    + data.stream()
                            .mapToInt(piece ->
                                    switch (piece) {
                                        case Piece.Inline(var text) -> text.length();
                                        case Piece.Elsewhere(var key) -> key.length();
                                    })
                            .sum();
        }

        /** The datum that is all there is to it. */
        String text() {
            return switch (data.getFirst()) {
                case Piece.Inline(var text) when structure.isEmpty() -> text;
                case Piece.Inline _, Piece.Elsewhere _ ->
                        throw new IllegalStateException("A document is no datum");
            };
        }
    }

    /** A datum in a document. */
    sealed interface Piece {
        record Inline(String text) implements Piece {}

        /**
         * @param key tells by how it begins whether it is an item's or an object's
         */
        record Elsewhere(String key) implements Piece {}
    }

    Packed pack(Head head) {
        var items = new LinkedHashMap<String, Document>();
        var kept = head;
        var encoded = codec.encode(kept);
        if (encoded.size() > HEAD_BYTES && kept.latest().size() > 1) {
            kept = moveHistory(kept, items);
            encoded = codec.encode(kept);
        }
        return new Packed(kept, document(encoded, items), items);
    }

    private Head moveHistory(Head head, Map<String, Document> items) {
        var events = head.latest();
        var chunk = new Head.Chunk(events.getFirst().id(), events.size(), head.commit());
        items.put(sortKey(chunk), document(codec.encode(events), items));
        var chunks = new ArrayList<>(head.chunks());
        chunks.add(chunk);
        return head.withHistory(List.of(), chunks);
    }

    private static Document document(Encoded encoded, Map<String, Document> items) {
        var spare = encoded.size() - HEAD_BYTES;
        var pieces = new ArrayList<Piece>();
        for (var text : encoded.data()) {
            if (spare > 0 && text.length() > DATUM_BYTES) {
                var key = (isForAnItem(text) ? ITEM : OBJECT) + EventIds.hash(text);
                items.put(key, new Document("", List.of(new Piece.Inline(text))));
                pieces.add(new Piece.Elsewhere(key));
                spare -= text.length();
            } else {
                pieces.add(new Piece.Inline(text));
            }
        }
        return new Document(encoded.structure(), pieces);
    }

    private static boolean isForAnItem(String text) {
        // No character takes more than three bytes of UTF-8: most texts need no counting.
        return text.length() <= ITEM_BYTES / 3
                || text.getBytes(StandardCharsets.UTF_8).length <= ITEM_BYTES;
    }

    /** Whether a key is that of an object, not of an item. */
    static boolean isObject(String key) {
        return key.startsWith(OBJECT);
    }

    static String sortKey(Head.Chunk chunk) {
        return "h#%010d#%s".formatted(chunk.firstEvent(), chunk.commit());
    }
}
