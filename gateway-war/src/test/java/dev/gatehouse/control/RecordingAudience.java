package dev.gatehouse.control;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audience that keeps what it is told. */
final class RecordingAudience implements Audience {

    final List<Event> told = new CopyOnWriteArrayList<>();
    /** What single connections were told: the connection, a blank, the frame. */
    final List<String> alone = new CopyOnWriteArrayList<>();

    /** Connections that are gone. */
    final Set<String> unreachable = ConcurrentHashMap.newKeySet();

    private final Set<String> devices;

    RecordingAudience(String... devices) {
        this.devices = Set.of(devices);
    }

    @Override
    public void tell(Event event) {
        told.add(event);
    }

    @Override
    public boolean tellOne(String connectionId, String frame) {
        if (unreachable.contains(connectionId)) {
            return false;
        }
        alone.add(connectionId + " " + frame);
        return true;
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
