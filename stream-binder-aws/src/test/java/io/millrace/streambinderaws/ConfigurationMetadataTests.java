package io.millrace.streambinderaws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE knows of the binder's properties. */
class ConfigurationMetadataTests {

    private static final String DEFAULTS = "spring.cloud.stream.aws.default.";
    private static final TreeMap<String, JsonNode> PROPERTIES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        var files =
                ConfigurationMetadataTests.class
                        .getClassLoader()
                        .getResources("META-INF/spring-configuration-metadata.json");
        while (files.hasMoreElements()) {
            try (var file = files.nextElement().openStream()) {
                StreamSupport.stream(
                                new JsonMapper().readTree(file).path("properties").spliterator(),
                                false)
                        .filter(property -> name(property).startsWith("spring.cloud.stream.aws"))
                        .forEach(property -> PROPERTIES.put(name(property), property));
            }
        }
    }

    @Test
    void eachPropertyIsThereWithWhatItMeans() {
        assertThat(PROPERTIES)
                .containsKeys(
                        "spring.cloud.stream.aws.binder.provisioning",
                        "spring.cloud.stream.aws.bindings",
                        DEFAULTS + "consumer.destination-type",
                        DEFAULTS + "consumer.wait-time",
                        DEFAULTS + "consumer.dead-letter-on",
                        DEFAULTS + "producer.destination-type",
                        DEFAULTS + "producer.headers");
        assertThat(PROPERTIES.values())
                .allSatisfy(property ->
                        assertThat(property.path("description").asString(""))
                                .as(name(property))
                                .isNotBlank()
                                .doesNotContain("{@"));
    }

    @Test
    void eachHasItsDefaultUnlessItHasNone() {
        var without =
                Set.of(
                        "spring.cloud.stream.aws.binder.measured-queues",
                        "spring.cloud.stream.aws.bindings",
                        DEFAULTS + "consumer.dead-letter-on",
                        DEFAULTS + "consumer.dead-letter-queue-name",
                        DEFAULTS + "consumer.large-payload-bucket",
                        DEFAULTS + "consumer.visibility-timeout",
                        DEFAULTS + "producer.large-payload-bucket");
        assertThat(PROPERTIES.values())
                .filteredOn(property -> property.path("defaultValue").isMissingNode())
                .extracting(ConfigurationMetadataTests::name)
                .containsExactlyInAnyOrderElementsOf(without);
        assertThat(defaultOf("consumer.wait-time")).isEqualTo("20s");
        assertThat(defaultOf("consumer.max-receive-count")).isEqualTo("5");
        assertThat(defaultOf("producer.linger")).isEqualTo("5ms");
    }

    @Test
    void aBindingsOwnPropertiesAreThoseOfItsType() {
        var bindings = Objects.requireNonNull(PROPERTIES.get("spring.cloud.stream.aws.bindings"));
        assertThat(bindings.path("type").asString(""))
                .isEqualTo(
                        "java.util.Map<java.lang.String,io.millrace.streambinderaws.properties.AwsBindingProperties>");
    }

    private static String defaultOf(String property) {
        return PROPERTIES.get(DEFAULTS + property).path("defaultValue").asString("");
    }

    private static String name(JsonNode property) {
        return property.path("name").asString("");
    }
}
