package com.example.gatehouse;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.InvalidSettings;
import org.pf4j.Extension;

/** Makes the check {@code signed-header}. */
@Extension
public final class SignedHeaderFactory implements AdmissionCheckFactory {

    /** 256 bits as hex digits are 64 characters, as base64 44; what is shorter than this was typed by a person. */
    private static final int SHORTEST_SECRET = 32;

    @Override
    public String name() {
        return "signed-header";
    }

    @Override
    public Optional<Class<? extends Record>> settings() {
        return Optional.of(SignedHeaderSettings.class);
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        SignedHeaderSettings settings = setup.settings(SignedHeaderSettings.class);
        boolean isUsable = settings.secret()
                .read()
                .filter(secret -> secret.expose().length() >= SHORTEST_SECRET)
                .isPresent();
        if (!isUsable) {
            throw new InvalidSettings(List.of("secret: is not there, or shorter than " + SHORTEST_SECRET
                    + " characters; put the output of 'openssl rand -hex 32' there"));
        }
        return new SignedHeaderCheck(settings, setup.clock());
    }
}
