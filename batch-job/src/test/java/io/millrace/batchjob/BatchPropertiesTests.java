package io.millrace.batchjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BatchPropertiesTests {

    private static final Map<String, String> OBJECT =
            Map.of("millrace.batch.bucket", "data", "millrace.batch.key", "orders.csv");

    @Test
    void withoutASettingTheDefaultsDo() {
        assertThat(bound(Map.of()).isScheduled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "page-size, 0, 1 to 1000",
        "page-size, 1001, 1 to 1000",
        "max-readers, 0, 1 or more",
        "lease-duration, 999ms, 1s or more",
        "take-over-interval, 99ms, 100ms or more",
        "retention, 59m, 1h or more",
        "cron, daily, six fields",
        "cron, 0 0 3 * * *, millrace.batch.bucket",
        "once, true, millrace.batch.token",
    })
    void whatCannotWorkIsRefusedWithItsRemedy(String property, String value, String remedy) {
        assertThatThrownBy(() -> bound(Map.of("millrace.batch." + property, value)))
                .rootCause()
                .hasMessageContaining("millrace.batch." + property)
                .hasMessageContaining(remedy);
    }

    @Test
    void aScheduleWithItsObjectIsTaken() {
        var settings = new HashMap<>(OBJECT);
        settings.put("millrace.batch.cron", "0 0 3 * * *");
        assertThat(bound(settings).isScheduled()).isTrue();
    }

    @Test
    void oneBatchNeedsItsTokenAndNoSchedule() {
        var settings = new HashMap<>(OBJECT);
        settings.put("millrace.batch.once", "true");
        settings.put("millrace.batch.token", "today");
        assertThat(bound(settings).once()).isTrue();
        settings.put("millrace.batch.cron", "0 0 3 * * *");
        assertThatThrownBy(() -> bound(settings))
                .rootCause()
                .hasMessageContaining("no millrace.batch.cron");
    }

    private static BatchProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("millrace.batch", BatchProperties.class);
    }
}
