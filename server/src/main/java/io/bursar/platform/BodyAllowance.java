package io.bursar.platform;

/**
 * A route whose bodies may be larger than all others'. Each bean of this type is one.
 *
 * @param path of one route; of all that begin with it when it ends with a slash
 */
public record BodyAllowance(String path, int bytesMax) {
    boolean covers(String address) {
        return path.endsWith("/") ? address.startsWith(path) : address.equals(path);
    }
}
