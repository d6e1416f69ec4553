package io.millrace.lambdaadapter;

import io.millrace.streambinderaws.AwsMessageBinder;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.Message;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a service needs to be a Lambda function: in the profile {@code lambda}. */
@AutoConfiguration(before = ContextFunctionCatalogAutoConfiguration.class)
@Profile(LambdaAutoConfiguration.PROFILE)
class LambdaAutoConfiguration {

    static final String PROFILE = "lambda";
    static final String FUNCTION = "lambdaEvents";

    @Bean(FUNCTION)
    Function<Message<InputStream>, Message<byte[]>> lambdaEvents(
            ObjectProvider<LambdaTrigger> triggers,
            ObjectProvider<BeforeFreeze> unfinished,
            JsonMapper json) {
        var events =
                new LambdaEvents(
                        triggers.orderedStream().toList(),
                        unfinished.orderedStream().toList(),
                        json);
        return events::handle;
    }

    /** Spring Cloud Function's own, without the types of Joda-Time: a hundred classes. */
    @Bean
    org.springframework.cloud.function.json.JsonMapper functionJson(JsonMapper json) {
        return new JacksonMapper(
                json.rebuild().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build());
    }

    @Bean
    LambdaTrigger sqsTrigger(AwsMessageBinder binder) {
        return new SqsTrigger(binder);
    }

    @Bean
    @ConditionalOnBean(HttpEndpoint.class)
    LambdaTrigger apiGatewayTrigger(HttpEndpoint endpoint, JsonMapper json) {
        return new ApiGatewayTrigger(endpoint, json);
    }
}
