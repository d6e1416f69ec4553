package io.millrace.localcloud;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.localcloud.front.Front;
import io.millrace.localcloud.provisioning.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An AWS-compatible endpoint: SQS, SNS, S3, DynamoDB, DynamoDB Streams and STS on one port, and the
 * way to whoever answers Step Functions.
 *
 * <p>Account {@code 000000000000}, region {@code us-east-1}, any credentials. It is for laptops and
 * tests: whoever reaches the port may do everything.
 */
public final class LocalCloud implements AutoCloseable {

    /** The port it has unless told otherwise: LocalStack's. */
    public static final int DEFAULT_PORT = 4566;

    private final Front front;
    private final Parts parts;

    private LocalCloud(Front front, Parts parts) {
        this.front = front;
        this.parts = parts;
    }

    /** A builder with the defaults: port 4566 of loopback, in memory, Millrace's resources. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where clients reach it: the value for {@code AWS_ENDPOINT_URL}. */
    public URI endpoint() {
        return front.endpoint();
    }

    /** Says who answers Step Functions from now on; until somebody does, they are unavailable. */
    public void statesEndpoint(URI endpoint) {
        parts.statesEndpoint(endpoint);
    }

    /**
     * Creates what is missing of a template's resources, and returns when they are there.
     *
     * @throws IllegalArgumentException if the template holds what is not understood
     */
    public void provision(ResourceTemplate template) {
        parts.provision(Plan.of(template)).join();
    }

    /** Stops answering and then all parts. */
    @Override
    public void close() {
        front.close();
        parts.close();
    }

    /** How a {@link LocalCloud} is to be. */
    public static final class Builder {

        private String bind = "127.0.0.1";
        private int port = DEFAULT_PORT;
        private Optional<Path> dataDir = Optional.empty();
        private Optional<ResourceTemplate> template = Optional.empty();
        private boolean resources = true;
        private String prefix = "millrace-";
        private Optional<URI> statesEndpoint = Optional.empty();

        private Builder() {}

        /** The port; 0 for any that is free. */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("%d is no port; use 0 to 65535".formatted(port));
            }
            this.port = port;
            return this;
        }

        /** The address to listen on; {@code 0.0.0.0} lets other machines and containers in. */
        public Builder bind(String address) {
            this.bind = address;
            return this;
        }

        /** Keeps everything in that directory; without one, memory is all there is. */
        public Builder dataDir(Path directory) {
            this.dataDir = Optional.of(directory);
            return this;
        }

        /** Resources to create, instead of Millrace's own. */
        public Builder template(ResourceTemplate template) {
            this.template = Optional.of(template);
            return this;
        }

        /** Creates no resources, neither Millrace's nor others. */
        public Builder withoutResources() {
            this.resources = false;
            return this;
        }

        /** What the names of Millrace's own resources start with. */
        public Builder prefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /** Who answers Step Functions; can be said later. */
        public Builder statesEndpoint(URI endpoint) {
            this.statesEndpoint = Optional.of(endpoint);
            return this;
        }

        /**
         * Starts everything and returns when it answers and its resources are there.
         *
         * @throws IllegalStateException if the port or the directory cannot be had
         * @throws IllegalArgumentException if the template holds what is not understood
         */
        public LocalCloud start() {
            var cloud = start(true);
            try {
                cloud.parts.await();
                return cloud;
            } catch (RuntimeException e) {
                cloud.close();
                throw e;
            }
        }

        /**
         * Takes the port and returns, while everything starts beside the caller: requests wait for
         * their service and the resources.
         *
         * @throws IllegalStateException if the port cannot be had
         * @throws IllegalArgumentException if the template holds what is not understood
         */
        public LocalCloud startInBackground() {
            return start(false);
        }

        private LocalCloud start(boolean partsFirst) {
            var front = Front.open(bind, port);
            var cloud = new LocalCloud(front, new Parts(dataDir, front.endpoint()));
            try {
                if (partsFirst) {
                    cloud.parts.begin();
                }
                statesEndpoint.ifPresent(cloud::statesEndpoint);
                cloud.parts.provisionFirst(plan());
                front.serve(cloud.parts.handlers(), cloud.parts.health());
                cloud.parts.begin();
                return cloud;
            } catch (RuntimeException e) {
                cloud.close();
                throw e;
            }
        }

        private Plan plan() {
            return !resources
                    ? new Plan(List.of())
                    : Plan.of(template.orElseGet(() -> ResourceTemplate.millrace(prefix)));
        }
    }
}
