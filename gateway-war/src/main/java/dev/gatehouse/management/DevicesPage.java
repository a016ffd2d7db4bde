package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceQuery;
import dev.gatehouse.device.DeviceRegistry;

/**
 * A page of the list of devices.
 *
 * @param items the devices
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record DevicesPage(List<DeviceView> items, Optional<String> next) {

    static DevicesPage of(DeviceRegistry registry, Authority authority, DeviceQuery query, int limit) {
        List<Device> found = registry.devices(authority, query, limit + 1);
        List<Device> shown = found.subList(0, Math.min(limit, found.size()));
        return new DevicesPage(
                shown.stream().map(DeviceView::of).toList(),
                found.size() > limit ? Optional.of(query.cursorAfter(shown.get(limit - 1))) : Optional.empty());
    }
}
