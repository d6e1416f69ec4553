package io.millrace.transformload;

import io.millrace.transformload.result.Announcements;
import io.millrace.transformload.result.Result;
import io.millrace.transformload.result.Storage;
import io.millrace.transformload.result.Stored;
import java.util.ArrayList;
import java.util.List;

/** Remembers effects; killed before a step, nothing more happens until it is started again. */
final class World implements Announcements {

    final InMemoryResults results = new InMemoryResults(this::next);
    final InMemoryArchive archive = new InMemoryArchive(this::next);
    final List<String> announced = new ArrayList<>();
    final Storage storage = new Storage(results, archive, Runnable::run);
    int steps;
    private int stop = Integer.MAX_VALUE;

    void stopBefore(int step) {
        stop = step;
    }

    void startAgain() {
        stop = Integer.MAX_VALUE;
    }

    void next() {
        steps++;
        if (steps >= stop) {
            throw new IllegalStateException("killed before step " + stop);
        }
    }

    @Override
    public void announce(Stored stored) {
        next();
        announced.add(stored.result().id());
    }

    /** The ids in the archive, each as often as Athena finds it. */
    List<String> archived() {
        return archive.objects.values().stream().flatMap(List::stream).map(Result::id).toList();
    }
}
