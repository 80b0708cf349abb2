package io.bursar.consolespi;

/**
 * An entry of the console's navigation; every bean of this type is shown.
 *
 * @param order position within the whole navigation; groups appear where their first entry does
 */
public record ConsoleSection(Group group, String label, String path, int order) {
    public enum Group {
        TOP,
        MONEY,
        SYSTEMS,
        OPERATE
    }
}
