package io.millrace.events;

/** What an event says; its class decides the CloudEvents {@code type}. */
public sealed interface EventData
        permits StartExecution,
                TaskRequest,
                TaskResult,
                LoadRequest,
                WorkItem,
                WorkDone,
                ExecutionFailed,
                FailureRecord,
                FailureAlarm,
                ResultStored,
                BatchCompleted {}
