package io.bursar.platform;

import java.util.List;

/**
 * What a module knows of people by their e-mail address, and how to erase it. Every module with names or addresses
 * publishes one bean of this type; the history of what was done holds ids and stays.
 */
public interface PersonalData {
    /** What it holds of whoever has this address, in any tenant. */
    List<Held> of(String email);

    /** Erases it, inside the caller's transaction. What stands in the way of it was told by {@link #of}. */
    void erase(String email);

    /**
     * @param subject kind and id, {@code merchant/<uuid>}; ids stay
     * @param sentence what is held, for whoever decides
     * @param name what else the person is called; empty when nothing
     * @param obstacle why it cannot be erased yet; empty when it can
     */
    record Held(String subject, String sentence, String name, String obstacle) {
        /** Without the person: this is what logs would show. */
        @Override
        public String toString() {
            return "Held[" + subject + "]";
        }
    }
}
