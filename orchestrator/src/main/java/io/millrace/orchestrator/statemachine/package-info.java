/**
 * Runs a graph of states on Spring Statemachine: restores a machine at a state, signals it, and
 * lets it run until a state stays. The only package that imports Spring Statemachine.
 *
 * <p>A graph (a whole machine's, a branch's, an item processor's) compiles to one flat
 * Statemachine: its states, a guarded transition for every way out that the definition names, and
 * an internal transition by which a waiting state gets its answer. A branch or iteration is a
 * machine of its own that is restored at its own position, not a region of its parent's: regions
 * would have to be restored together, their number is fixed when a machine is built (a Map's is not
 * known before its items are), and a wake-up touches one branch, not all.
 *
 * <p>Every step is a signal rather than a triggerless transition, so that a run can be stopped
 * between any two states and no chain of states nests calls.
 */
@NullMarked
package io.millrace.orchestrator.statemachine;

import org.jspecify.annotations.NullMarked;
