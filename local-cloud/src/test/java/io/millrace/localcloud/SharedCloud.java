package io.millrace.localcloud;

/** One cloud with Millrace's resources for all tests that need no cloud of their own. */
final class SharedCloud {

    private static final Started STARTED = new Started();

    private SharedCloud() {}

    static LocalCloud cloud() {
        return STARTED.cloud;
    }

    static Clients clients() {
        return STARTED.clients;
    }

    /** The URL of a queue by its name. */
    static String queue(String name) {
        return clients().sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private static final class Started {
        private final LocalCloud cloud = LocalCloud.builder().port(0).start();
        private final Clients clients = Clients.of(cloud.endpoint());

        private Started() {
            Runtime.getRuntime().addShutdownHook(new Thread(cloud::close));
        }
    }
}
