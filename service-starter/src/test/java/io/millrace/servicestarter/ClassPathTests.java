package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.KotlinDetector;

class ClassPathTests {

    @Test
    void springDoesNotAskEachClassWhetherItWasWrittenInKotlin() {
        assertThat(KotlinDetector.isKotlinPresent()).isFalse();
    }
}
