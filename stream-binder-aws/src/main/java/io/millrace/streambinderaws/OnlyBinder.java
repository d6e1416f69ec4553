package io.millrace.streambinderaws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application has no binder beside this one and configures none by itself. */
final class OnlyBinder extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(
            ConditionContext context, AnnotatedTypeMetadata metadata) {
        if (Binder.get(context.getEnvironment())
                .bind("spring.cloud.stream.binders", Bindable.mapOf(String.class, Object.class))
                .isBound()) {
            return ConditionOutcome.noMatch("spring.cloud.stream.binders is set");
        }
        var types = types(Objects.requireNonNull(context.getClassLoader()));
        return new ConditionOutcome(types == 1, types + " binders on the class path");
    }

    private static int types(ClassLoader loader) {
        try {
            return PropertiesLoaderUtils.loadAllProperties("META-INF/spring.binders", loader)
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
