package io.millrace.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DataSyncPropertiesTests {

    @Test
    void withoutASettingTheDefaultsDo() {
        assertThat(bound(Map.of()).enabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "idle, 9ms, 10ms or more",
        "lease-duration, 999ms, 1s or more",
        "discovery-interval, 0s, 1s or more",
        "max-back-off, 0s, 1s or more",
        "page-size, 0, 1 to 1000",
        "page-size, 1001, 1 to 1000",
    })
    void whatCannotWorkIsRefusedWithItsRemedy(String property, String value, String remedy) {
        assertThatThrownBy(() -> bound(Map.of("millrace.data-sync." + property, value)))
                .rootCause()
                .hasMessageContaining("millrace.data-sync." + property)
                .hasMessageContaining(remedy);
    }

    private static DataSyncProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("millrace.data-sync", DataSyncProperties.class);
    }
}
