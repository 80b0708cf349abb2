package io.bursar.consolespi;

import io.bursar.identity.Role;

/**
 * An entry of the console's navigation; every bean of this type is shown to those who may open it.
 *
 * @param order position within the whole navigation; groups appear where their first entry does
 * @param role the least role the section's page answers
 */
public record ConsoleSection(Group group, String label, String path, int order, Role role) {
    public ConsoleSection(Group group, String label, String path, int order) {
        this(group, label, path, order, Role.VIEWER);
    }

    public enum Group {
        TOP,
        MONEY,
        SYSTEMS,
        OPERATE
    }
}
