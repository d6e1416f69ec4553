# One file for every service and for local-cloud; with --build-arg PACKAGING=lambda, a service's image for AWS Lambda. The jars come from `./millrace images`, which also calls this; by hand:
#   docker build --build-arg SERVICE=orchestrator -t millrace/orchestrator:0.1.0 .
# The classic builder is enough. Where no registry is reached, docker/base-images makes both base images.
ARG BASE_IMAGE=debian:bookworm-slim
ARG JDK_IMAGE=eclipse-temurin:25-jdk

# A runtime without compilers, headers and manuals.
FROM ${JDK_IMAGE} AS runtime
RUN jlink --output /opt/java --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 \
    --add-modules java.se,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# The service, and a training run against the embedded endpoint that leaves the AOT cache.
FROM ${JDK_IMAGE} AS application
ARG SERVICE
ARG PACKAGING=container
COPY docker/unpack docker/train docker/RuntimeApi.java docker/MergeJars.java /build/
COPY lambda/events /build/events
COPY local-cloud/target/local-cloud-*-app.jar /build/local-cloud.jar
COPY ${SERVICE}/target/${SERVICE}-*-app.jar /build/app.jar
RUN javac -d /build /build/*.java && /build/unpack /build/app.jar /build/layers && \
    { [ "${PACKAGING}" != lambda ] || java -cp /build MergeJars /build/layers; }

FROM ${BASE_IMAGE} AS layout
# Debian's packages that a service can use, such as libvips42 for image-processor.
ARG PACKAGES=
RUN [ -z "${PACKAGES}" ] || { apt-get update -qq && \
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${PACKAGES} && rm -rf /var/lib/apt/lists/*; }
ARG PACKAGING=container
COPY --from=runtime /opt/java /opt/java
# Lines of JSON (Elastic Common Schema); empty for lines for people. Functions log as they do from a zip: see main-lambda.
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
COPY docker/health docker/jvm.options /opt/millrace/
COPY docker/main-${PACKAGING} /opt/millrace/main
COPY --from=application /build/layers/dependencies/ /opt/millrace/
COPY --from=application /build/layers/snapshot-dependencies/ /opt/millrace/
COPY --from=application /build/layers/application/ /opt/millrace/

# A cache is good for the runtime and the files that it was trained with: the very ones of the image.
FROM layout AS trained
ARG SERVICE
ARG PACKAGING=container
COPY --from=application /build/train /build/local-cloud.jar /build/RuntimeApi.class /build/
COPY --from=application /build/events /build/events
RUN /build/train ${SERVICE} ${PACKAGING}

FROM layout
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="millrace/${SERVICE}" \
      org.opencontainers.image.description="Millrace: an event-processing pipeline for AWS that runs anywhere" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Millrace" \
      io.millrace.sbom="/opt/millrace/sbom.cdx.json"
COPY --from=application /build/layers/sbom.cdx.json /opt/millrace/
COPY --from=trained /opt/millrace/app.aot /opt/millrace/
# A container that is replaced ends when its polls have, which wait 20 s at most: none leaves one behind that takes a message.
ENV PORT=8080 SERVER_ADDRESS=0.0.0.0 MILLRACE_SERVICE=${SERVICE} SPRING_CLOUD_STREAM_AWS_BINDER_POLLSHUTDOWNTIMEOUT=20s
USER 10001:10001
WORKDIR /tmp
HEALTHCHECK --interval=5s --timeout=5s --start-period=180s --retries=3 CMD ["/opt/millrace/health"]
ENTRYPOINT ["/opt/java/bin/java", "@/opt/millrace/jvm.options", "@/opt/millrace/main"]
