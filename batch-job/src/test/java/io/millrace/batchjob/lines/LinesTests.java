package io.millrace.batchjob.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LinesTests {

    private static final int MAX = 1000;

    @Test
    void aCsvRecordBecomesAnObjectByTheHeadersNames() throws IOException {
        var lines = csv("id, name\na,\"Smith, J.\"\nb,\n");
        assertThat(items(lines))
                .containsExactly(
                        "{\"id\":\"a\",\"name\":\"Smith, J.\"}", "{\"id\":\"b\",\"name\":\"\"}");
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L);
    }

    @Test
    void aPageOfLongLinesHasFewerOfThem() throws IOException {
        var line = "{\"text\":\"%s\"}\n".formatted("x".repeat(999_000));
        var bytes = line.repeat(12).getBytes(StandardCharsets.UTF_8);
        var lines =
                Lines.open(
                        Format.JSON_LINES,
                        offset ->
                                new ByteArrayInputStream(
                                        bytes, (int) offset, bytes.length - (int) offset),
                        Place.START,
                        1_000_000);
        assertThat(lines.next(500)).hasSize(9);
        assertThat(lines.next(500)).hasSize(3);
        assertThat(lines.next(500)).isEmpty();
    }

    @Test
    void aQuotedFieldMaySpanLines() throws IOException {
        var lines = csv("id,text\na,\"one\ntwo \"\"quoted\"\"\"\nb,x");
        assertThat(items(lines))
                .containsExactly(
                        new JsonMapper()
                                .createObjectNode()
                                .put("id", "a")
                                .put("text", "one\ntwo \"quoted\"")
                                .toString(),
                        "{\"id\":\"b\",\"text\":\"x\"}");
        assertThat(lines.getFirst().next().physical()).isEqualTo(4);
    }

    @Test
    void aQuoteThatIsNeverClosedCostsOneLineOnly() throws IOException {
        var text = new StringBuilder("id,text\na,\"open\n");
        IntStream.range(0, 300).forEach(number -> text.append(number).append(",x\n"));
        var lines = csv(text.toString());
        assertThat(lines).hasSize(301);
        assertThat(lines.getFirst())
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> {
                            assertThat(malformed.text()).isEqualTo("a,\"open");
                            assertThat(malformed.physical()).isEqualTo(2);
                        });
        assertThat(items(lines)).hasSize(300);
    }

    @Test
    void aRecordWithAnotherNumberOfColumnsIsMalformed() throws IOException {
        assertThat(csv("id,name,price\na,b,1\nc,d\n").getLast())
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> {
                            assertThat(malformed.number()).isEqualTo(2);
                            assertThat(malformed.physical()).isEqualTo(3);
                            assertThat(malformed.text()).isEqualTo("c,d");
                            assertThat(malformed.reason())
                                    .isEqualTo("has 2 columns where the header has 3");
                        });
    }

    @Test
    void aHeaderWithoutNamesOrWithOneTwiceIsNone() {
        assertThatThrownBy(() -> csv("id,,x\na,b,c\n"))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining("without a name");
        assertThatThrownBy(() -> csv("id,id\na,b\n"))
                .isInstanceOf(UnreadableObject.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> csv("")).isInstanceOf(UnreadableObject.class);
    }

    @Test
    void jsonLinesAreObjects() throws IOException {
        var lines = json("{\"id\":1}\n\n[1]\nnot json\n{\"id\":2} {\"id\":3}\n{\"id\":4}");
        assertThat(items(lines)).containsExactly("{\"id\":1}", "{\"id\":4}");
        assertThat(lines.stream().filter(Line.Malformed.class::isInstance))
                .extracting(line -> ((Line.Malformed) line).physical())
                .containsExactly(3L, 4L, 5L);
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkDoNotShow() throws IOException {
        assertThat(items(csv("\uFEFFid,name\r\na,ü\r\n")))
                .containsExactly("{\"id\":\"a\",\"name\":\"ü\"}");
    }

    @Test
    void aLineThatIsTooLongIsSkippedAndItsBeginningKept() throws IOException {
        var lines = json("{\"id\":\"%s\"}\n{\"id\":2}\n".formatted("x".repeat(200_000)));
        assertThat(lines.getFirst())
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> {
                            assertThat(malformed.text()).hasSize(MAX);
                            assertThat(malformed.reason()).contains("1000 bytes");
                        });
        assertThat(items(lines)).containsExactly("{\"id\":2}");
    }

    @Test
    void anItemThatNoMessageCarriesIsMalformed() throws IOException {
        var name = "x".repeat(990);
        assertThat(csv("id,%s\na,b\n".formatted(name)).getFirst())
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("1000 are permitted"));
        var lines = json("{\"id\":\"\\ud83d\"}\n{\"id\":[{\"a\":\"\\ude00\"}]}\n{\"id\":\"😀\"}\n");
        assertThat(lines.stream().filter(Line.Malformed.class::isInstance))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(((Line.Malformed) line).reason()).contains("half a character"));
        assertThat(items(lines)).containsExactly("{\"id\":\"😀\"}");
    }

    @Test
    void readingGoesOnAtAnyPlaceAsIfItHadNeverStopped() throws IOException {
        var text = "id,text\na,\"1\n2\"\n\nb,3\nmalformed\nc,\"open\nd,ü\r\ne,5";
        var whole = csv(text);
        assertThat(whole).hasSize(6);
        for (var stop = 0; stop < whole.size(); stop++) {
            var rest = read(Format.CSV, text, whole.get(stop).next());
            assertThat(rest).isEqualTo(whole.subList(stop + 1, whole.size()));
        }
    }

    @Test
    void theFormatIsSaidByTheNameOrElseByTheContentType() {
        assertThat(Format.of("a/b.CSV", "application/json")).contains(Format.CSV);
        assertThat(Format.of("a.ndjson", "")).contains(Format.JSON_LINES);
        assertThat(Format.of("a", "text/csv; charset=utf-8")).contains(Format.CSV);
        assertThat(Format.of("a.tsv", "")).contains(Format.TSV);
        assertThat(Format.of("a.parquet", "binary/octet-stream")).isEmpty();
    }

    private static List<Line> csv(String text) throws IOException {
        return read(Format.CSV, text, Place.START);
    }

    private static List<Line> json(String text) throws IOException {
        return read(Format.JSON_LINES, text, Place.START);
    }

    private static List<Line> read(Format format, String text, Place place) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var lines =
                Lines.open(
                        format,
                        offset -> {
                            var from = Math.toIntExact(offset);
                            return new ByteArrayInputStream(bytes, from, bytes.length - from);
                        },
                        place,
                        MAX);
        var all = new ArrayList<Line>();
        while (true) {
            var page = lines.next(2);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
        }
    }

    private static List<String> items(List<Line> lines) {
        return lines.stream()
                .filter(Line.Item.class::isInstance)
                .map(line -> ((Line.Item) line).item().toString())
                .toList();
    }
}
