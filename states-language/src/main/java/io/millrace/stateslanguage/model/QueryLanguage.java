package io.millrace.stateslanguage.model;

/** In which language the expressions of a state are written. */
public enum QueryLanguage {
    JSON_PATH("JSONPath"),
    JSONATA("JSONata");

    private final String text;

    QueryLanguage(String text) {
        this.text = text;
    }

    /** The name that a definition uses. */
    public String text() {
        return text;
    }
}
