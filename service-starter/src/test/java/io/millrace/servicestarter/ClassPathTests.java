package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

class ClassPathTests {

    @Test
    void springDoesNotAskEachClassWhetherItWasWrittenInKotlin() {
        assertThat(KotlinDetector.isKotlinPresent()).isFalse();
    }

    @Test
    void propertiesAreCheckedByTheirConstructorsAlone() {
        assertThat(ClassUtils.isPresent("jakarta.validation.Validator", null)).isFalse();
    }
}
