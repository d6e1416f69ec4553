package io.millrace.localcloud.aws;

import java.util.function.Consumer;

/** Writes the small XML documents that AWS answers with. */
public final class Xml {

    private final StringBuilder out = new StringBuilder();

    private Xml() {}

    /** A document with one root element in a namespace. */
    public static String document(String root, String namespace, Consumer<Xml> content) {
        var xml = new Xml();
        xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var named = namespace.isEmpty() ? root : root + " xmlns=\"" + namespace + "\"";
        xml.out.append('<').append(named).append('>');
        content.accept(xml);
        xml.out.append("</").append(root).append('>');
        return xml.out.toString();
    }

    /** An element with elements in it. */
    public Xml element(String name, Consumer<Xml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element with a text in it. */
    public Xml text(String name, Object value) {
        out.append('<').append(name).append('>');
        escape(value.toString());
        out.append("</").append(name).append('>');
        return this;
    }

    private void escape(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                // Line ends would be normalised by the reader's parser.
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }
}
