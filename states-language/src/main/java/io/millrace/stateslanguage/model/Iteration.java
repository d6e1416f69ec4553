package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.template.Template;
import java.util.Optional;

/**
 * What a Map state does for each item.
 *
 * @param items ItemsPath or Items: the array; absent, the state's effective input
 * @param itemSelector the template of an iteration's input; absent, the item
 * @param maxConcurrency 0 or absent: as many at once as the engine likes
 * @param distribution how a distributed Map reads, batches and writes; absent where Mode is INLINE
 * @param legacy whether the processor stands in the older field Iterator
 */
public record Iteration(
        StateGraph processor,
        Optional<Setting> items,
        Optional<Template> itemSelector,
        Optional<Setting> maxConcurrency,
        Optional<Setting> toleratedFailureCount,
        Optional<Setting> toleratedFailurePercentage,
        Optional<Distribution> distribution,
        boolean legacy) {}
