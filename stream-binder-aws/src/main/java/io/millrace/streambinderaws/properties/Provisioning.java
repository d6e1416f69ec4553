package io.millrace.streambinderaws.properties;

/** What happens with a queue or topic that a binding names. */
public enum Provisioning {
    /** It is created if it is not there. */
    CREATE,
    /** It has to be there, or the application does not start. */
    VALIDATE,
    /** It is taken to be there; nothing is asked before the first use. */
    NONE
}
