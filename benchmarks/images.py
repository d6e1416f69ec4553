"""Images a second of image-processor beside sharp's, in turn, each in a process of its own, on one libvips.

usage: images.py SHARP_FOLDER [ROUNDS [PASSES]]   where SHARP_FOLDER is where `npm install sharp` was run; needs node and a packaged build
"""

import glob
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PHOTOGRAPHS = os.path.join(HERE, "target", "photographs")


def java(*arguments):
    command = [
        os.path.join(os.environ["JAVA_HOME"], "bin", "java"),
        "-XX:+UseSerialGC",
        "-Xmx" + os.environ.get("HEAP", "256m"),
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        os.path.join(HERE, "target", "classes") + ":" + open(os.path.join(HERE, "target", "classpath")).read(),
        "io.millrace.benchmarks.images.ImageFigures",
        PHOTOGRAPHS,
        *arguments,
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sharp(folder, *arguments):
    environment = os.environ | {"NODE_PATH": os.path.join(folder, "node_modules")}
    command = ["node", os.path.join(HERE, "sharp.js"), PHOTOGRAPHS, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def main():
    folder = sys.argv[1]
    rounds, passes = (sys.argv[2:] + ["3", "2"][len(sys.argv) - 2 :])[:2]
    (library,) = glob.glob(os.path.join(folder, "node_modules", "@img", "sharp-libvips-linux-*", "lib", "libvips-cpp.so.*"))
    java()
    for in_flight in ["1", "2"]:
        seen = {}
        for _ in range(int(rounds)):
            for run in (lambda: sharp(folder, in_flight, passes), lambda: java(library, in_flight, passes)):
                speed, peak, size, name = run().strip().split(" ", 3)
                seen.setdefault(name, []).append((float(speed), int(peak), int(float(size))))
        speed = [statistics.median(each[0] for each in runs) for runs in seen.values()]
        for name, runs in seen.items():
            print(
                f"{in_flight} in flight | {name} | {', '.join(f'{each[0]:.2f}' for each in runs)} images/s"
                f" | peak {max(each[1] for each in runs)} MB | {runs[0][2] // 1024} KB written"
            )
        beside, own = ([each[0] for each in runs] for runs in seen.values())
        pairs = ", ".join(f"{mine / theirs:.2f}" for theirs, mine in zip(beside, own))
        print(f"{in_flight} in flight | ratio of the medians {speed[1] / speed[0]:.2f}, round by round {pairs}", flush=True)
    if os.environ.get("ALSO"):
        for other in os.environ["ALSO"].split(","):
            for in_flight in ["1", "2"]:
                print(f"{in_flight} in flight | {other} | {java(other, in_flight, '1').strip()}", flush=True)


main()
