import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * MergeJars LAYERS: makes one jar of all libraries in LAYERS/dependencies/lib, and has LAYERS/application/app.jar refer to it. A
 * function opens every jar of its class path before it does anything, and searches every one for each file that none of them has:
 * benchmarks/README.md says what 190 jars cost.
 */
class MergeJars {

    private static final String MERGED = "lib/dependencies.jar";
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 23, 0, 0);

    /** Signatures of whole jars, and what only builds and tools read. */
    private static final Pattern LEFT_OUT = Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)|(maven|native-image)/.*"
            + "|(additional-)?spring-configuration-metadata\\.json|spring-devtools\\.properties|spring\\.tooling|io\\.netty\\.versions\\.properties"
            + "|web-fragment\\.xml)|OSGI-INF/.*|module-info\\.class");

    private static final Pattern LICENSE = Pattern.compile("META-INF/([^/]*(LICENSE|NOTICE|DEPENDENCIES|license|notice)[^/]*)");

    /** Lists of which each jar has a part, in lines. */
    private static final Pattern LINES = Pattern.compile(
            "META-INF/(services/.+|spring/.+\\.imports|spring\\.(handlers|schemas)|spring-autoconfigure-metadata\\.properties)");

    /** Lists of which each jar has a part, by keys. */
    private static final Pattern FACTORIES = Pattern.compile("META-INF/(spring/)?[^/]+\\.factories");

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        var layers = Path.of(arguments[0]);
        var app = layers.resolve("application/app.jar");
        var libraries = layers.resolve("dependencies");
        var merged = libraries.resolve(MERGED);
        var merge = new MergeJars();
        var classPath = new ArrayList<>(List.of(MERGED));
        for (var name : classPath(app)) {
            var library = libraries.resolve(name);
            if (Files.exists(library)) {
                merge.add(library);
                Files.delete(library);
            } else {
                classPath.add(name);
            }
        }
        merge.fail();
        try (var out = new JarOutputStream(Files.newOutputStream(merged))) {
            for (var entry : merge.entries.entrySet()) {
                write(out, entry.getKey(), entry.getValue());
            }
        }
        refer(app, String.join(" ", classPath));
        // A fixed time: the layers change only when their content does.
        for (var jar : List.of(merged, app)) {
            Files.setLastModifiedTime(jar, FileTime.from(TIME.toInstant(ZoneOffset.UTC)));
        }
    }

    private static List<String> classPath(Path app) throws IOException {
        try (var jar = new JarFile(app.toFile())) {
            return Arrays.asList(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "));
        }
    }

    /** What this JVM would see of it: a jar for several releases of Java becomes one for this. */
    private void add(Path library) throws IOException {
        try (var jar = new JarFile(library.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            for (var entry : jar.versionedStream().filter(each -> !each.isDirectory()).toList()) {
                try (var in = jar.getInputStream(entry)) {
                    add(library.getFileName().toString(), entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    private void add(String library, String name, byte[] content) {
        if (LEFT_OUT.matcher(name).matches()) {
            return;
        }
        var license = LICENSE.matcher(name);
        if (license.matches()) {
            entries.put("META-INF/licenses/%s/%s".formatted(library, license.group(1)), content);
        } else if (LINES.matcher(name).matches()) {
            entries.merge(name, content, MergeJars::lines);
        } else if (FACTORIES.matcher(name).matches()) {
            entries.merge(name, content, MergeJars::factories);
        } else {
            var other = entries.putIfAbsent(name, content);
            if (other == null) {
                origins.put(name, library);
            } else if (!Arrays.equals(other, content)) {
                problems.add("%s in %s is not that in %s".formatted(name, library, origins.get(name)));
            }
        }
    }

    private static byte[] lines(byte[] some, byte[] more) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(some);
        all.write('\n');
        all.writeBytes(more);
        return all.toByteArray();
    }

    private static byte[] factories(byte[] some, byte[] more) {
        var all = new TreeMap<String, String>();
        for (var each : List.of(some, more)) {
            var properties = new Properties();
            try {
                properties.load(new ByteArrayInputStream(each));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            properties.stringPropertyNames().forEach(key -> all.merge(key, properties.getProperty(key), "%s,%s"::formatted));
        }
        var text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of two files of one name only one would be found; which one should be is for a person to say. */
    private void fail() {
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("MergeJars: " + problem));
            System.exit(1);
        }
    }

    private static void write(JarOutputStream out, String name, byte[] content) throws IOException {
        var entry = new JarEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static void refer(Path app, String classPath) throws IOException {
        var changed = app.resolveSibling("changed.jar");
        try (var jar = new JarFile(app.toFile()); var out = new JarOutputStream(Files.newOutputStream(changed))) {
            var manifest = jar.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
            var text = new ByteArrayOutputStream();
            manifest.write(text);
            write(out, JarFile.MANIFEST_NAME, text.toByteArray());
            for (var entry : jar.stream().filter(each -> !each.getName().equals(JarFile.MANIFEST_NAME)).toList()) {
                try (var in = jar.getInputStream(entry)) {
                    write(out, entry.getName(), in.readAllBytes());
                }
            }
        }
        Files.move(changed, app, StandardCopyOption.REPLACE_EXISTING);
    }
}
