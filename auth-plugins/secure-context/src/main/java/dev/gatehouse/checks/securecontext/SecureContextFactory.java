package dev.gatehouse.checks.securecontext;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import org.pf4j.Extension;

/** Makes the check {@code secure-context}. */
@Extension
public final class SecureContextFactory implements AdmissionCheckFactory {

    @Override
    public String name() {
        return "secure-context";
    }

    @Override
    public AdmissionCheck create(CheckSetup setup) {
        return new SecureContextCheck();
    }
}
