package io.millrace.stateslanguage.evaluate;

import tools.jackson.databind.JsonNode;

/**
 * Is told what the data looks like between the steps, as TestState shows it, and what is decided.
 */
@FunctionalInterface
public interface Inspector {

    /** Looks at nothing. */
    Inspector NONE = (stage, value) -> {};

    void saw(Stage stage, JsonNode value);

    default void decided(Decision decision) {}

    /** Where the data is; the text is TestState's name for it. */
    enum Stage {
        AFTER_INPUT_PATH("afterInputPath"),
        AFTER_PARAMETERS("afterParameters"),
        AFTER_ARGUMENTS("afterArguments"),
        AFTER_ITEMS_PATH("afterItemsPath"),
        AFTER_ITEM_SELECTOR("afterItemSelector"),
        RESULT("result"),
        AFTER_RESULT_SELECTOR("afterResultSelector"),
        AFTER_RESULT_PATH("afterResultPath");

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
