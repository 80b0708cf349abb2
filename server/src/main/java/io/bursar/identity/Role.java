package io.bursar.identity;

/** What an operator may do; each role includes the ones before it. */
public enum Role {
    VIEWER,
    SUPPORT,
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
