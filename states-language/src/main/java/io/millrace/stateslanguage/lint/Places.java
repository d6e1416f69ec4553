package io.millrace.stateslanguage.lint;

import io.millrace.stateslanguage.lint.Finding.Place;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** Where in a text the parts of its document stand: a member where its name does. */
final class Places {

    private static final String WHOLE = "/";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Map<String, Place> places = new HashMap<>();
    private Place end = new Place(1, 1);

    /** Those of a text, up to where it is no JSON any more. */
    static Places of(String json) {
        var places = new Places();
        try (var parser = MAPPER.createParser(json)) {
            try {
                parser.nextToken();
                places.put(WHOLE, parser);
                places.read(parser, "");
                parser.nextToken();
                places.end = place(parser.currentTokenLocation());
            } catch (JacksonException e) {
                places.end = place(parser.currentLocation());
            }
        }
        return places;
    }

    private void read(JsonParser parser, String location) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var member = location + "/" + parser.currentName();
                put(member, parser);
                parser.nextToken();
                read(parser, member);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                var element = "%s[%d]".formatted(location, i);
                put(element, parser);
                read(parser, element);
            }
        }
    }

    private void put(String location, JsonParser parser) {
        places.put(location, place(parser.currentTokenLocation()));
    }

    private static Place place(TokenStreamLocation location) {
        return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** Where the JSON ends, or stops being any. */
    Place end() {
        return end;
    }

    boolean has(String location) {
        return places.containsKey(location);
    }

    /** The place of a part, or of what encloses it. */
    Place at(String location) {
        for (var part = location; !part.isEmpty(); part = enclosing(part)) {
            var place = places.get(part);
            if (place != null) {
                return place;
            }
        }
        return places.getOrDefault(WHOLE, end);
    }

    private static String enclosing(String location) {
        return location.substring(
                0, Math.max(0, Math.max(location.lastIndexOf('/'), location.lastIndexOf('['))));
    }
}
