package io.millrace.orchestrator.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.Effect;
import io.millrace.orchestrator.execution.EventDetails;
import io.millrace.orchestrator.execution.Head;
import io.millrace.orchestrator.execution.HistoryEvent;
import io.millrace.orchestrator.execution.Parent;
import io.millrace.orchestrator.execution.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes heads and events as text. Data stands apart from the structure, each piece once: a state's
 * output is the next one's input, and both are in the history.
 */
final class HeadCodec {

    private static final TypeReference<List<HistoryEvent>> EVENTS = new TypeReference<>() {};

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Datum.class, new WriteReference())
                                    .addDeserializer(Datum.class, new ReadReference()))
                    .addMixIn(Waiting.class, Tagged.class)
                    .addMixIn(Effect.class, Tagged.class)
                    .addMixIn(Parent.class, Tagged.class)
                    .addMixIn(EventDetails.class, Tagged.class)
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * A head, or events, as text.
     *
     * @param structure everything but the data, which it refers to by position
     */
    record Encoded(String structure, List<String> data) {
        Encoded {
            data = List.copyOf(data);
        }

        /** About how many bytes it takes. */
        int size() {
            return structure.length() + data.stream().mapToInt(String::length).sum();
        }
    }

    /**
     * The same, as it is read.
     *
     * @param data fetched when it is asked for, where it stands elsewhere
     */
    record Kept(String structure, List<Datum> data) {
        Kept {
            data = List.copyOf(data);
        }
    }

    Encoded encode(Head head) {
        return write(head);
    }

    Head decodeHead(Kept kept) {
        return mapper.readerFor(Head.class)
                .withAttribute(Datum.class, kept.data())
                .readValue(kept.structure());
    }

    Encoded encode(List<HistoryEvent> events) {
        return write(events);
    }

    List<HistoryEvent> decodeEvents(Kept kept) {
        return mapper.readerFor(EVENTS)
                .withAttribute(Datum.class, kept.data())
                .readValue(kept.structure());
    }

    private Encoded write(Object value) {
        var table = new Table();
        var structure = mapper.writer().withAttribute(Datum.class, table).writeValueAsString(value);
        return new Encoded(structure, table.texts);
    }

    /** The data of one text, by position. */
    private static final class Table {
        private final List<String> texts = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>();

        int position(Datum datum) {
            return positions.computeIfAbsent(
                    datum.text(),
                    text -> {
                        texts.add(text);
                        return texts.size() - 1;
                    });
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Tagged {}

    private static final class WriteReference extends ValueSerializer<Datum> {
        @Override
        public void serialize(Datum datum, JsonGenerator out, SerializationContext context) {
            out.writeNumber(((Table) context.getAttribute(Datum.class)).position(datum));
        }
    }

    private static final class ReadReference extends ValueDeserializer<Datum> {
        @Override
        public Datum deserialize(JsonParser in, DeserializationContext context) {
            return (Datum) ((List<?>) context.getAttribute(Datum.class)).get(in.getIntValue());
        }
    }
}
