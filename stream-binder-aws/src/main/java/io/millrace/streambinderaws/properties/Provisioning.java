package io.millrace.streambinderaws.properties;

/** What happens with a queue or topic that a binding names. */
public enum Provisioning {
    /** It is created if it is not there. */
    CREATE,
    /** It has to be there, or the application does not start. */
    VALIDATE,
    /** It has to be there when it is first used; nothing is asked at start. */
    VALIDATE_ON_USE,
    /** It is taken to be there; nothing is asked before the first use. */
    NONE
}
