package io.millrace.localcloud.buckets;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.state.StateFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which bucket notifies whom of what, and the sending. */
public final class BucketNotifications {

    private static final Logger log = LoggerFactory.getLogger(BucketNotifications.class);

    private final Map<String, List<Notification>> byBucket = new ConcurrentHashMap<>();
    private final StateFile<Document> file;
    private final EventDestinations destinations;
    private final InstantSource clock;
    private final Sequencer sequencer;

    /** The document in the data directory. */
    record Document(Map<String, List<Notification>> notifications) {}

    public BucketNotifications(
            Optional<Path> dataDir, EventDestinations destinations, InstantSource clock) {
        this.file = StateFile.in(dataDir, "bucket-notifications.json", Document.class);
        this.destinations = destinations;
        this.clock = clock;
        this.sequencer = new Sequencer(clock);
        file.read().ifPresent(document -> byBucket.putAll(document.notifications()));
    }

    /** The notifications of a bucket, none if nothing was configured. */
    public List<Notification> of(String bucket) {
        return byBucket.getOrDefault(bucket, List.of());
    }

    /**
     * Puts notifications in the place of those that the bucket has. Each new destination is told so
     * with S3's test event.
     *
     * @throws AwsError if a destination is not there
     */
    public synchronized void configure(String bucket, List<Notification> notifications) {
        var before = of(bucket);
        for (var notification : notifications) {
            if (!destinations.exists(notification.destination())) {
                throw AwsError.badRequest(
                        "InvalidArgument",
                        "Unable to validate the following destination configurations: %s is not there"
                                .formatted(notification.destination()));
            }
        }
        byBucket.put(bucket, List.copyOf(notifications));
        save();
        notifications.stream()
                .filter(notification -> !before.contains(notification))
                .map(Notification::destination)
                .distinct()
                .forEach(arn -> destinations.send(arn, ObjectEvent.test(bucket, clock.instant())));
    }

    synchronized void forget(String bucket) {
        if (byBucket.remove(bucket) != null) {
            save();
        }
    }

    private void save() {
        file.write(new Document(new TreeMap<>(byBucket)));
    }

    /**
     * Tells whoever wants to know. It returns after the messages are in their queues, so a client
     * whose request was answered will see its event even if this process dies now.
     *
     * @param content asked for only if somebody wants to know
     */
    void happened(
            EventType type,
            String bucket,
            String key,
            Optional<String> versionId,
            Supplier<Optional<ObjectEvent.Content>> content) {
        var wanting =
                of(bucket).stream().filter(notification -> notification.wants(type, key)).toList();
        if (wanting.isEmpty()) {
            return;
        }
        var event =
                new ObjectEvent(
                        type,
                        bucket,
                        key,
                        content.get(),
                        versionId,
                        sequencer.next(),
                        clock.instant());
        for (var notification : wanting) {
            try {
                destinations.send(notification.destination(), event.json(notification.id()));
            } catch (AwsError error) {
                // S3 too has nobody to tell: the object is stored, the destination is gone.
                log.warn(
                        "{} of s3://{}/{} did not reach {}: {}",
                        type.eventName(),
                        bucket,
                        key,
                        notification.destination(),
                        error.getMessage());
            }
        }
    }
}
