package dev.gatehouse.bootstrap;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.console.ConsoleFiles;
import dev.gatehouse.contract.ContractServlet;
import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.handshake.Arrival;
import dev.gatehouse.handshake.CurrentUpgrade;
import dev.gatehouse.handshake.GatehouseConfigurator;
import dev.gatehouse.handshake.UpgradeFilter;
import dev.gatehouse.management.ConsoleSignIn;
import dev.gatehouse.management.EventServlet;
import dev.gatehouse.management.HealthServlet;
import dev.gatehouse.management.JoinServlet;
import dev.gatehouse.management.MetricsServlet;
import dev.gatehouse.management.Probe;
import dev.gatehouse.management.ProbeServlet;
import dev.gatehouse.management.SeenCaller;
import dev.gatehouse.management.WhoamiServlet;
import dev.gatehouse.session.GatewayEndpoint;
import dev.gatehouse.webhook.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * Starts the gateway with its deployment and stops it with it.
 *
 * <p>A gateway that cannot start fails its deployment: no filter, no endpoint, nobody admitted.
 */
@WebListener
public class GatewayListener implements ServletContextListener {

    /** Where the endpoint is registered; the filter brings upgrades on every other path here. */
    private static final String ENDPOINT_PATH = "/_gateway";

    private static final System.Logger LOG = System.getLogger(GatewayListener.class.getName());

    @Inject
    private RunningGateway running;

    private @Nullable Gateway gateway;
    private @Nullable Thread drainAtExit;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext war = event.getServletContext();
        Home home = Home.locate(GatewayListener::systemProperty, System.getenv());
        try {
            Gateway started = start(war, home);
            running.set(started);
            LOG.log(
                    Level.INFO,
                    StartupReport.of(
                            Gateway.VERSION,
                            home,
                            started.databaseLocation(),
                            started.chainGeneration(),
                            started.pluginsFolder(),
                            GatewayListener::systemProperty));
        } catch (StartupFailed e) {
            LOG.log(Level.ERROR, e.getMessage());
            throw e;
        }
    }

    /** Closes the sessions here and in a shutdown hook: each server lets only one of the two still reach the clients. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Optional.ofNullable(drainAtExit).ifPresent(GatewayListener::forget);
        Optional.ofNullable(gateway).ifPresent(Gateway::close);
    }

    private Gateway start(ServletContext war, Home home) {
        BundledPlugins.copy(war, home.bundledPlugins());
        Gateway started = Gateway.start(
                home,
                System.getenv(),
                FolderSight.jarsIn(home.bundledPlugins()),
                war.getContextPath(),
                RetrySchedule.standard(),
                Clock.systemUTC());
        try {
            openDoor(war, started);
        } catch (DeploymentException | RuntimeException e) {
            started.close();
            throw new IllegalStateException("the server does not take the WebSocket endpoint", e);
        }
        gateway = started;
        drainAtExit = new Thread(started::drain, "gatehouse-drain");
        Runtime.getRuntime().addShutdownHook(drainAtExit);
        return started;
    }

    private static void openDoor(ServletContext war, Gateway gateway) throws DeploymentException {
        if (!(war.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container)) {
            throw new IllegalStateException("this server has no WebSocket container for the deployment");
        }
        CurrentUpgrade current = new CurrentUpgrade();
        ServerEndpointConfig endpoint = ServerEndpointConfig.Builder.create(GatewayEndpoint.class, ENDPOINT_PATH)
                .configurator(new GatehouseConfigurator(
                        current, gateway::chain, () -> new GatewayEndpoint(gateway.gatekeeper())))
                .build();
        container.addEndpoint(endpoint);
        UpgradeFilter upgrades = new UpgradeFilter(
                container,
                endpoint,
                () -> gateway.config().network(),
                current,
                gateway.sockets(),
                new KeptUpgrades(gateway.gatekeeper()));
        FilterRegistration.Dynamic filter = war.addFilter("gatehouse-upgrade", upgrades);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        war.addServlet("gatehouse-health", new HealthServlet(gateway.desk(), gateway.apiKeys()))
                .addMapping(HealthServlet.PATH);
        for (ContractServlet.Form form : ContractServlet.Form.values()) {
            war.addServlet("gatehouse-contract-" + form, new ContractServlet(form))
                    .addMapping(form.path());
        }
        ServletRegistration.Dynamic events = war.addServlet(
                "gatehouse-events", new EventServlet(gateway.events(), gateway.apiKeys(), gateway.consoleSessions()));
        events.setAsyncSupported(true);
        events.addMapping(EventServlet.PATH);
        MetricsServlet metrics = new MetricsServlet(
                gateway.observatory(), gateway.apiKeys(), () -> gateway.config().metrics(), Clock.systemUTC());
        war.addServlet("gatehouse-metrics", metrics).addMapping(MetricsServlet.PATH);
        for (Probe probe : Probe.values()) {
            war.addServlet(
                            "gatehouse-probe-" + probe.path(),
                            new ProbeServlet(probe, gateway.observatory().readiness()))
                    .addMapping(probe.path());
        }
        war.addServlet("gatehouse-whoami", new WhoamiServlet(request -> seen(upgrades.arrivalOf(request))))
                .addMapping(WhoamiServlet.PATH);
        war.addServlet("gatehouse-join", new JoinServlet(gateway.invitations(), upgrades::clientOf, Clock.systemUTC()))
                .addMapping(JoinServlet.PATH);
        war.addServlet("gatehouse-console", new ConsoleFiles()).addMapping(ConsoleFiles.PATH);
        war.addServlet(
                        "gatehouse-console-session",
                        new ConsoleSignIn(gateway.consoleSessions(), upgrades::clientOf, Clock.systemUTC()))
                .addMapping(ConsoleSignIn.PATH);
    }

    private static SeenCaller seen(Arrival arrival) {
        return new SeenCaller(arrival.facts(), arrival.refused().map(Attribution.Refused::reason));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the machine is shutting down already", e);
        }
    }

    private static Optional<String> systemProperty(String name) {
        return Optional.ofNullable(System.getProperty(name));
    }
}
