package io.millrace.errorhandler.groups;

/** Tells people of a group. */
public interface Alarms {

    /** Tells of the group's latest alarm; returns when somebody else has it in hand. */
    void raise(FailureGroup group);
}
