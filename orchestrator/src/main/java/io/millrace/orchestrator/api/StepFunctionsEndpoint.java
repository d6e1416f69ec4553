package io.millrace.orchestrator.api;

import io.millrace.lambdaadapter.HttpEndpoint;
import org.springframework.context.annotation.Profile;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The same endpoint behind API Gateway, which has checked who asks. */
@Component
@Profile("lambda")
class StepFunctionsEndpoint implements HttpEndpoint {

    private final StepFunctionsController controller;

    StepFunctionsEndpoint(StepFunctionsController controller) {
        this.controller = controller;
    }

    @Override
    public ResponseEntity<?> answer(RequestEntity<byte[]> request) {
        return controller.answer(request);
    }
}
