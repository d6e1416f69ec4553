package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventIdsProperties {

    @Property
    void anExecutionNameIsOneThatStepFunctionsAccepts(@ForAll String eventId) {
        assertThat(EventIds.executionName(eventId))
                .matches("[0-9A-Za-z_-]+")
                .hasSizeLessThanOrEqualTo(StartExecution.MAX_NAME_LENGTH)
                .isEqualTo(EventIds.executionName(eventId));
    }

    @Property
    void differentIdsHaveDifferentNames(@ForAll String one, @ForAll String other) {
        assertThat(EventIds.executionName(one).equals(EventIds.executionName(other)))
                .isEqualTo(one.equals(other));
    }
}
