package io.millrace.cloudresources;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CloudFormation template whose parameters, references and substitutions are resolved for one
 * account and region.
 *
 * <p>Understood are {@code Parameters} with defaults, {@code Resources}, {@code DependsOn}, {@code
 * Ref}, {@code Fn::GetAtt} and {@code Fn::Sub}, in short and long form. See the AWS CloudFormation
 * User Guide, "Template anatomy" and "Intrinsic functions".
 */
public final class ResourceTemplate {

    private static final String MILLRACE = "millrace.yaml";

    /** What {@link #names()} of Millrace's own template gives, for an empty prefix. */
    private static final String NAMES = "names.properties";

    private final List<Resource> resources;

    private ResourceTemplate(List<Resource> resources) {
        this.resources = List.copyOf(resources);
    }

    /** Millrace's own template, with every name starting with {@code prefix}. */
    public static ResourceTemplate millrace(String prefix) {
        return read(new Scope(Map.of("Prefix", prefix)), millraceSource());
    }

    /**
     * Physical names by logical id, of Millrace's own template. They lie beside it, so that a
     * service that starts need not read YAML.
     */
    public static Map<String, String> millraceNames(String prefix) {
        var unprefixed = new Properties();
        try (var source = stream(NAMES)) {
            unprefixed.load(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var names = new HashMap<String, String>();
        unprefixed.forEach((logicalId, name) -> names.put((String) logicalId, prefix + name));
        return names;
    }

    /** The text of Millrace's own template, for tools that hand it to CloudFormation. */
    public static String millraceText() {
        try (var source = stream(MILLRACE)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A template of the user's own. */
    public static ResourceTemplate read(Path file, Map<String, String> parameters) {
        try {
            return read(new Scope(parameters), Files.newBufferedReader(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the template " + file, e);
        }
    }

    /** A template from a text. */
    public static ResourceTemplate read(String yaml, Map<String, String> parameters) {
        return read(new Scope(parameters), Reader.of(yaml));
    }

    /** All resources, each after what it depends on. */
    public List<Resource> resources() {
        return resources;
    }

    /** Physical names by logical id, of the resources that have one. */
    public Map<String, String> names() {
        return resources.stream()
                .filter(Resource::hasName)
                .collect(Collectors.toUnmodifiableMap(Resource::logicalId, Resource::physicalName));
    }

    /**
     * The physical name of one resource.
     *
     * @throws IllegalArgumentException if the template has no such resource
     */
    public String name(String logicalId) {
        var names = names();
        var name = names.get(logicalId);
        if (name == null) {
            throw new IllegalArgumentException(
                    "the template names no resource %s; it names %s"
                            .formatted(logicalId, names.keySet()));
        }
        return name;
    }

    private static ResourceTemplate read(Scope scope, Reader yaml) {
        var document = TemplateYaml.parse(yaml);
        var declared = section(document, "Parameters");
        var definitions = section(document, "Resources");
        scope.declare(declared, definitions);
        var sorted = new ArrayList<Resource>();
        for (var logicalId : inOrder(definitions)) {
            var definition =
                    map(definitions.getOrDefault(logicalId, Map.of()), "Resources." + logicalId);
            if (!(definition.get("Type") instanceof String type)) {
                throw new IllegalArgumentException(
                        "Resources.%s lacks a Type".formatted(logicalId));
            }
            var properties =
                    map(
                            scope.resolve(definition.getOrDefault("Properties", Map.of())),
                            "Resources.%s.Properties".formatted(logicalId));
            sorted.add(new Resource(logicalId, type, properties));
        }
        return new ResourceTemplate(sorted);
    }

    private static List<String> inOrder(Map<String, Object> definitions) {
        Set<String> done = new LinkedHashSet<>();
        definitions.keySet().forEach(id -> visit(id, definitions, done, new LinkedHashSet<>()));
        return List.copyOf(done);
    }

    private static void visit(
            String id, Map<String, Object> definitions, Set<String> done, Set<String> under) {
        if (done.contains(id)) {
            return;
        }
        if (!under.add(id)) {
            throw new IllegalArgumentException("circular dependency between " + under);
        }
        Scope.references(definitions.getOrDefault(id, Map.of())).stream()
                .filter(definitions::containsKey)
                .forEach(needed -> visit(needed, definitions, done, under));
        under.remove(id);
        done.add(id);
    }

    private static Map<String, Object> section(Map<String, Object> document, String name) {
        return map(document.getOrDefault(name, Map.of()), name);
    }

    static Map<String, Object> map(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(where + " has to be a map");
        }
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> copy.put(String.valueOf(key), each));
        return copy;
    }

    private static Reader millraceSource() {
        return new InputStreamReader(stream(MILLRACE), StandardCharsets.UTF_8);
    }

    private static InputStream stream(String resource) {
        var stream = ResourceTemplate.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException(resource + " is missing from this jar");
        }
        return stream;
    }
}
