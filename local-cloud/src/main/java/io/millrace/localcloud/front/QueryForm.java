package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request in AWS's Query protocol: flat names that spell lists and maps with numbers. */
public final class QueryForm {

    private final Map<String, String> fields;

    QueryForm(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    /** A field that may be there. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * A field that has to be there.
     *
     * @throws AwsError if it is not
     */
    public String required(String name) {
        return get(name)
                .orElseThrow(() ->
                        AwsError.badRequest(
                                "InvalidParameter",
                                "Invalid parameter: %s is missing".formatted(name)));
    }

    /** The structures of a list, such as {@code Tags.member}, by their numbers. */
    public List<QueryForm> list(String name) {
        var list = new ArrayList<QueryForm>();
        for (var i = 1; ; i++) {
            var prefix = name + "." + i + ".";
            var inner = new LinkedHashMap<String, String>();
            fields.forEach((field, value) -> {
                if (field.startsWith(prefix)) {
                    inner.put(field.substring(prefix.length()), value);
                }
            });
            if (inner.isEmpty()) {
                return list;
            }
            list.add(new QueryForm(inner));
        }
    }

    /** The texts of a list, such as {@code TagKeys.member}. */
    public List<String> texts(String name) {
        var list = new ArrayList<String>();
        for (var value = fields.get(name + ".1");
                value != null;
                value = fields.get(name + "." + (list.size() + 1))) {
            list.add(value);
        }
        return list;
    }

    /** A map, such as {@code Attributes.entry} with {@code key} and {@code value}. */
    public Map<String, String> map(String name, String key, String value) {
        var map = new LinkedHashMap<String, String>();
        list(name).forEach(entry -> map.put(entry.required(key), entry.get(value).orElse("")));
        return map;
    }
}
