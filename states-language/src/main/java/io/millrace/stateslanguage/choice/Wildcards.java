package io.millrace.stateslanguage.choice;

import java.util.ArrayList;
import java.util.List;

/** A StringMatches pattern: {@code *} stands for any text, {@code \*} for itself. */
final class Wildcards {

    /** The literal parts between the wildcards; the first and last are anchored. */
    private final List<String> parts = new ArrayList<>();

    Wildcards(String pattern) {
        var part = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                part.append(pattern.charAt(++i));
            } else if (c == '*') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
    }

    /** In time proportional to the text: no pattern makes it slow, as a regular expression may. */
    boolean match(String text) {
        var first = parts.getFirst();
        var last = parts.getLast();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (text.length() < first.length() + last.length()
                || !text.startsWith(first)
                || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = text.length() - last.length();
        for (var part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
