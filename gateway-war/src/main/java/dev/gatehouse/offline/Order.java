package dev.gatehouse.offline;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.ImportedDevice;

/**
 * One deed of the owner, as it goes over the socket: a JSON object on one line.
 *
 * @param deed what to do
 * @param id the request, device or key that it is about
 * @param role the role that it is about, by its name on the wire
 * @param scopes the scopes to grant or carry
 * @param label the label to give
 * @param devices the devices to import
 * @param rehearsal whether to say only what an import would do
 */
record Order(
        Deed deed,
        Optional<String> id,
        Optional<String> role,
        Optional<List<String>> scopes,
        Optional<String> label,
        Optional<List<ImportRow>> devices,
        boolean rehearsal) {

    /** The same order about these devices. */
    Order importing(List<ImportedDevice> imported) {
        List<ImportRow> rows = imported.stream().map(ImportRow::of).toList();
        return new Order(deed, id, role, scopes, label, Optional.of(rows), rehearsal);
    }
}
