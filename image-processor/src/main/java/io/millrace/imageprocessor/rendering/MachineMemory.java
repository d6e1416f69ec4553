package io.millrace.imageprocessor.rendering;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container. */
final class MachineMemory {

    private MachineMemory() {}

    static long bytes() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof OperatingSystemMXBean known
                ? known.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }
}
