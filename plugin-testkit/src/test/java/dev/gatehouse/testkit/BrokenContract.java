package dev.gatehouse.testkit;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheckFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract of a check with one fault. Run by {@link AdmissionCheckContractTest} alone: the name hides it from others. */
@ExtendWith(BrokenContract.BreachOfThisRun.class)
class BrokenContract extends AdmissionCheckContract {

    /** The configuration parameter that names the breach of a run. */
    static final String BREACH = "dev.gatehouse.testkit.breach";

    private final Breach breach;

    BrokenContract(Breach breach) {
        this.breach = breach;
    }

    /** The same with less patience. */
    @Timeout(value = 1, threadMode = ThreadMode.SEPARATE_THREAD)
    static final class Hasty extends BrokenContract {

        Hasty(Breach breach) {
            super(breach);
        }
    }

    static final class BreachOfThisRun implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == Breach.class;
        }

        @Override
        public Breach resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return Breach.named(extension.getConfigurationParameter(BREACH).orElseThrow());
        }
    }

    @Override
    protected AdmissionCheckFactory factory() {
        return breach.factory().get();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("key", breach.key(), "pages", List.of("https://gateway.example"));
    }

    @Override
    protected List<ConnectFixture> connections() {
        return List.of(
                ConnectFixture.cli().from("203.0.113.9").withToken(breach.key()),
                ConnectFixture.node().withDevice());
    }

    @Override
    protected void prepare(FakeCheckSetup setup) {
        setup.devices().pairOperator("operator.read");
    }
}
