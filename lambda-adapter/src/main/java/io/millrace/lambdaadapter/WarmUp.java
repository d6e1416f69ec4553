package io.millrace.lambdaadapter;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * What the first client of AWS waits for whichever it is, prepared by another thread while Spring
 * reads its configuration: the SDK's table of all services and regions, and the certificates that
 * are trusted.
 */
final class WarmUp {

    private WarmUp() {}

    static void start() {
        Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::prepare);
    }

    private static void prepare() {
        try {
            var _ = ServiceMetadata.of("sqs");
            var _ = SSLContext.getDefault();
        } catch (NoSuchAlgorithmException _) {
            // The client that needs it says so.
        }
    }
}
