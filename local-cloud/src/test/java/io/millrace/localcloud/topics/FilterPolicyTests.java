package io.millrace.localcloud.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.queues.MessageAttribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPolicyTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":["x"]}                                    | a=x            | true
                    {"a":["x"]}                                    | a=y            | false
                    {"a":["x"]}                                    | b=x            | false
                    {"a":["x","y"]}                                | a=y            | true
                    {"a":["x"],"b":["y"]}                          | a=x            | false
                    {"a":["x"],"b":["y"]}                          | a=x b=y        | true
                    {"a":[{"prefix":"or"}]}                        | a=order        | true
                    {"a":[{"prefix":"or"}]}                        | a=border       | false
                    {"a":[{"suffix":"er"}]}                        | a=order        | true
                    {"a":[{"equals-ignore-case":"Order"}]}         | a=oRDER        | true
                    {"a":[{"wildcard":"o*d*r"}]}                   | a=order        | true
                    {"a":[{"wildcard":"o*d"}]}                     | a=order        | false
                    {"a":[{"anything-but":["x","y"]}]}             | a=z            | true
                    {"a":[{"anything-but":["x","y"]}]}             | a=y            | false
                    {"a":[{"anything-but":"x"}]}                   | b=y            | false
                    {"a":[{"anything-but":{"prefix":"or"}}]}       | a=order        | false
                    {"a":[{"anything-but":{"prefix":"or"}}]}       | a=bill         | true
                    {"a":[{"anything-but":[1,2]}]}                 | a=#3           | true
                    {"a":[{"numeric":[">",0,"<=",150]}]}           | a=#150         | true
                    {"a":[{"numeric":[">",0,"<=",150]}]}           | a=#150.1       | false
                    {"a":[{"numeric":["=",3.015e2]}]}              | a=#301.5       | true
                    {"a":[{"numeric":["=",1]}]}                    | a=1            | false
                    {"a":[300]}                                    | a=#3.0e2       | true
                    {"a":[{"exists":true}]}                        | a=x            | true
                    {"a":[{"exists":true}]}                        | b=x            | false
                    {"a":[{"exists":false}]}                       | b=x            | true
                    {"a":[{"exists":false}]}                       | a=x            | false
                    {"a":[{"cidr":"10.0.0.0/24"}]}                 | a=10.0.0.255   | true
                    {"a":[{"cidr":"10.0.0.0/24"}]}                 | a=10.0.1.0     | false
                    {"a":["x"]}                                    | a=["w","x"]    | true
                    {"a":[{"anything-but":["x"]}]}                 | a=["w","x"]    | true
                    {"$or":[{"a":["x"]},{"b":["y"]}]}              | b=y            | true
                    {"$or":[{"a":["x"]},{"b":["y"]}]}              | b=z            | false
                    {"c":["1"],"$or":[{"a":["x"]},{"b":["y"]}]}    | b=y            | false
                    {"c":["1"],"$or":[{"a":["x"]},{"b":["y"]}]}    | b=y c=1        | true
                    """)
    void attributesFitOrDoNot(String policy, String attributes, boolean accepted) {
        assertThat(
                        FilterPolicy.of(Map.of("FilterPolicy", policy))
                                .accepts(publication("", attributes(attributes)), "sqs"))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":{"b":["x"]}}             | {"a":{"b":"x"}}                | true
                    {"a":{"b":["x"]}}             | {"a":{"b":"y"}}                | false
                    {"a":{"b":["x"]}}             | {"a":[{"b":"y"},{"b":"x"}]}    | true
                    {"a":["x"]}                   | {"a":["w","x"]}                | true
                    {"a":[true,null]}             | {"a":null}                     | true
                    {"a":[{"numeric":["<",5]}]}   | {"a":4.5}                      | true
                    {"a":[{"exists":false}]}      | {"b":1}                        | true
                    {"a":["x"]}                   | no json                        | false
                    {"a":[{"exists":false}]}      | [1]                            | false
                    """)
    void bodiesFitOrDoNot(String policy, String body, boolean accepted) {
        var inBody = Map.of("FilterPolicy", policy, "FilterPolicyScope", "MessageBody");
        assertThat(FilterPolicy.of(inBody).accepts(publication(body, Map.of()), "sqs"))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{\"a\":\"x\"}",
                "{\"a\":[]}",
                "{\"a\":[{\"like\":\"x\"}]}",
                "{\"a\":[{\"prefix\":1}]}",
                "{\"a\":[{\"numeric\":[\">\"]}]}",
                "{\"a\":[{\"numeric\":[\"!\",1]}]}",
                "{\"a\":[{\"exists\":\"yes\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0\"}]}",
                "{\"a\":[{\"anything-but\":[]}]}"
            })
    void nonsenseIsRefusedWhenItIsSet(String policy) {
        assertThatThrownBy(() -> FilterPolicy.of(Map.of("FilterPolicy", policy)))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.code()).isEqualTo("InvalidParameter"))
                .hasMessageContaining("FilterPolicy");
    }

    @Test
    void noPolicyWantsEverything() {
        assertThat(FilterPolicy.of(Map.of()).accepts(publication("x", Map.of()), "sqs")).isTrue();
    }

    private static Publication publication(String body, Map<String, MessageAttribute> attributes) {
        return new Publication(
                Optional.empty(), body, Map.of(), attributes, Optional.empty(), Optional.empty());
    }

    /** {@code name=text}, {@code name=#number} or {@code name=[array]}, separated by blanks. */
    private static Map<String, MessageAttribute> attributes(String text) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var each : text.split(" ")) {
            var parts = each.split("=", 2);
            var value = parts[1];
            var type =
                    value.startsWith("#")
                            ? "Number"
                            : value.startsWith("[") ? "String.Array" : "String";
            attributes.put(
                    parts[0],
                    new MessageAttribute(type, value.startsWith("#") ? value.substring(1) : value));
        }
        return attributes;
    }
}
