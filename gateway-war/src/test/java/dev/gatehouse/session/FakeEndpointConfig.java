package dev.gatehouse.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;

/** The config of the endpoint, of which only the properties matter. */
public final class FakeEndpointConfig implements EndpointConfig {

    private final Map<String, Object> properties = new HashMap<>();

    @Override
    public List<Class<? extends Encoder>> getEncoders() {
        return List.of();
    }

    @Override
    public List<Class<? extends Decoder>> getDecoders() {
        return List.of();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return properties;
    }
}
