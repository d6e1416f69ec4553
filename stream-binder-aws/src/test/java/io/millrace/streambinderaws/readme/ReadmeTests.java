package io.millrace.streambinderaws.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.streambinderaws.Cloud;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

/** The README's application is {@link Shouting}, and runs with the README's configuration. */
class ReadmeTests {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/millrace/streambinderaws/readme/Shouting.java");

    @Test
    void itsApplicationIsTheOneThatRunsHere() throws Exception {
        var code = block("java");
        assertThat(Files.readString(SOURCE)).endsWith(code);
        assertThat(code.lines().count() + block("yaml").lines().count()).isLessThanOrEqualTo(20);
    }

    @Test
    void itDoesWhatTheReadmeSays() throws Exception {
        var configuration =
                new YamlPropertySourceLoader()
                        .load(
                                "README",
                                new ByteArrayResource(
                                        block("yaml").getBytes(StandardCharsets.UTF_8)))
                        .getFirst();
        var application =
                new SpringApplicationBuilder(Shouting.class)
                        .web(WebApplicationType.NONE)
                        .initializers(context ->
                                context.getEnvironment()
                                        .getPropertySources()
                                        .addLast(configuration))
                        .properties(
                                "spring.cloud.aws.endpoint=" + Cloud.LOCAL.endpoint(),
                                "spring.cloud.aws.credentials.access-key=test",
                                "spring.cloud.aws.credentials.secret-key=test",
                                "spring.main.banner-mode=off");
        try (var _ = application.run()) {
            Cloud.send("quiet", "hello");
            assertThat(Cloud.take("loud").body()).isEqualTo("HELLO");
        }
    }

    private static String block(String language) throws Exception {
        var fenced =
                Pattern.compile("```%s\n(.*?)```".formatted(language), Pattern.DOTALL)
                        .matcher(Files.readString(README));
        assertThat(fenced.find()).isTrue();
        return fenced.group(1);
    }
}
