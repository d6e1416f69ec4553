package io.millrace.launcher.demo;

import java.util.Arrays;

/** The four ways into the pipeline, and the kind of result that each leads to. */
public enum Path {
    IMAGE("image", "S3 upload"),
    WEBHOOK("webhook", "webhook"),
    TABLE("record", "table change"),
    BATCH("work-item", "batch line");

    private final String kind;
    private final String label;

    Path(String kind, String label) {
        this.kind = kind;
        this.label = label;
    }

    /** What transform-load calls a result that came this way. */
    public String kind() {
        return kind;
    }

    String label() {
        return label;
    }

    static Path ofKind(String kind) {
        return Arrays.stream(values())
                .filter(path -> path.kind.equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a result of unknown kind " + kind));
    }
}
