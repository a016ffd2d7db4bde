package dev.gatehouse.control;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audience that keeps what it is told. */
final class RecordingAudience implements Audience {

    final List<Event> told = new CopyOnWriteArrayList<>();
    private final Set<String> devices;

    RecordingAudience(String... devices) {
        this.devices = Set.of(devices);
    }

    @Override
    public void tell(Event event) {
        told.add(event);
    }

    @Override
    public Set<String> devices() {
        return devices;
    }

    @Override
    public int count() {
        return devices.size();
    }

    List<String> frames() {
        return told.stream().map(Event::frame).toList();
    }
}
