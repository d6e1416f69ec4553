package io.millrace.streambinderaws;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Makes the binder a bean of the application itself where it is the only one. Spring Cloud Stream
 * then uses that bean; otherwise it builds a child context for each binder, which takes longer.
 */
@AutoConfiguration(
        afterName = {
            "io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration",
            "io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration"
        })
@ConditionalOnMissingBean(Binder.class)
@Conditional(OnlyBinder.class)
@Import(AwsBinderConfiguration.class)
public final class AwsBinderAutoConfiguration {}
