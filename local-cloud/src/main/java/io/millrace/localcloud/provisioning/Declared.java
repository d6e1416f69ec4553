package io.millrace.localcloud.provisioning;

import io.millrace.cloudresources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * A resource's properties, or a part of them, that remembers what was read: what nobody read is a
 * property that local-cloud does not understand.
 */
final class Declared {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String logicalId;
    private final String type;
    private final String path;
    private final Map<String, Object> properties;
    private final TreeSet<String> unread;

    private Declared(String logicalId, String type, String path, Map<String, Object> properties) {
        this.logicalId = logicalId;
        this.type = type;
        this.path = path;
        this.properties = properties;
        this.unread = new TreeSet<>(properties.keySet());
    }

    static Declared of(Resource resource) {
        return new Declared(
                resource.logicalId(), resource.type(), "Properties.", resource.properties());
    }

    Optional<Object> get(String name) {
        unread.remove(name);
        return Optional.ofNullable(properties.get(name));
    }

    Optional<String> text(String name) {
        return get(name).map(String::valueOf);
    }

    /** What templates write as a map and APIs take as a text of JSON. */
    Optional<String> json(String name) {
        return get(name)
                .map(value -> value instanceof String text ? text : JSON.writeValueAsString(value));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> problem("needs " + path + name));
    }

    Optional<Declared> part(String name) {
        return get(name).map(value -> part(name, value));
    }

    List<Declared> parts(String name) {
        var parts = new ArrayList<Declared>();
        get(name)
                .ifPresent(value -> {
                    if (!(value instanceof List<?> list)) {
                        throw problem(path + name + " has to be a list");
                    }
                    list.forEach(each -> parts.add(part(name + "[" + parts.size() + "]", each)));
                });
        return parts;
    }

    private Declared part(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw problem(path + name + " has to be a map");
        }
        var properties = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> properties.put(String.valueOf(key), each));
        return new Declared(logicalId, type, path + name + ".", properties);
    }

    /** The tags in CloudFormation's form: a list of keys and values. */
    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : parts("Tags")) {
            tags.put(tag.required("Key"), tag.required("Value"));
            tag.complete();
        }
        return tags;
    }

    /** Takes note of properties that mean nothing here, so that they are no error. */
    void ignore(String... names) {
        for (var name : names) {
            unread.remove(name);
        }
    }

    /**
     * To be called when all that is understood was read.
     *
     * @throws IllegalArgumentException if there is more
     */
    void complete() {
        if (!unread.isEmpty()) {
            throw problem(
                    "has %s%s, which local-cloud does not understand"
                            .formatted(path, unread.first()));
        }
    }

    IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("%s (%s) %s".formatted(logicalId, type, what));
    }
}
