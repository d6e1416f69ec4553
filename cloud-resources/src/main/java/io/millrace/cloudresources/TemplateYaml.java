package io.millrace.cloudresources;

import java.io.Reader;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML with CloudFormation's short forms, which become their long forms. */
final class TemplateYaml extends SafeConstructor {

    private TemplateYaml() {
        super(new LoaderOptions());
        yamlConstructors.put(new Tag("!Ref"), new Function("Ref"));
        yamlConstructors.put(new Tag("!Sub"), new Function("Fn::Sub"));
        yamlConstructors.put(new Tag("!GetAtt"), new Function("Fn::GetAtt"));
        // A bare 2012-10-17 stays text, as with CloudFormation.
        yamlConstructors.put(Tag.TIMESTAMP, yamlConstructors.get(Tag.STR));
    }

    static Map<String, Object> parse(Reader yaml) {
        Object document = new Yaml(new TemplateYaml()).load(yaml);
        return ResourceTemplate.map(document, "the template");
    }

    private final class Function extends AbstractConstruct {
        private final String longForm;

        Function(String longForm) {
            this.longForm = longForm;
        }

        @Override
        public Object construct(Node node) {
            return Map.of(longForm, argument(node));
        }

        private Object argument(Node node) {
            return switch (node) {
                case ScalarNode scalar when longForm.equals("Fn::GetAtt") ->
                        List.of(scalar.getValue().split("\\.", 2));
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> List.copyOf(constructSequence(sequence));
                default ->
                        throw new IllegalArgumentException(
                                "%s takes no map%s".formatted(longForm, node.getStartMark()));
            };
        }
    }
}
