package io.millrace.servicestarter;

/** Refuses what a property cannot be set to; for the constructors of properties. */
public final class PropertyCheck {

    private PropertyCheck() {}

    /**
     * @param property its whole name
     * @param remedy what it can be, such as {@code 1 to 64}
     * @throws IllegalArgumentException if it is not good
     */
    public static void check(boolean isGood, String property, Object value, String remedy) {
        if (!isGood) {
            throw new IllegalArgumentException(
                    "%s is %s; use %s".formatted(property, value, remedy));
        }
    }
}
