package dev.gatehouse.bootstrap;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.chain.ChainDesk;
import dev.gatehouse.config.ConfigReport;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.idempotency.KeptAnswers;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.management.SessionDesk;
import dev.gatehouse.observe.AdmissionMinutes;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.refusal.Surroundings;
import dev.gatehouse.webhook.Webhooks;

/** The gateway of this deployment, for CDI: what REST resources are given is produced here. */
@ApplicationScoped
public class RunningGateway {

    private volatile Optional<Gateway> gateway = Optional.empty();

    void set(Gateway started) {
        gateway = Optional.of(started);
    }

    /** What REST manages. */
    @Produces
    public DeviceRegistry devices() {
        return running().devices();
    }

    /** What REST invites devices with. */
    @Produces
    public Invitations invitations() {
        return running().invitations();
    }

    /** What REST asks about nodes. */
    @Produces
    public NodeSurfaces surfaces() {
        return running().surfaces();
    }

    /** What REST authenticates operators with. */
    @Produces
    public ApiKeys apiKeys() {
        return running().apiKeys();
    }

    /** What REST answers again with. */
    @Produces
    public KeptAnswers keptAnswers() {
        return running().keptAnswers();
    }

    /** What REST shuts out by. */
    @Produces
    public Bans bans() {
        return running().bans();
    }

    /** What REST tells of what happened. */
    @Produces
    public Journal journal() {
        return running().journal();
    }

    /** The browsers that operators are signed in with. */
    @Produces
    public ConsoleSessions consoleSessions() {
        return running().consoleSessions();
    }

    /** What REST asks about live sessions. */
    @Produces
    public SessionDesk sessionDesk() {
        return running().sessionDesk();
    }

    /** What REST asks about the chain. */
    @Produces
    public ChainDesk chainDesk() {
        return running().desk();
    }

    /** What REST asks about the config. */
    @Produces
    public ConfigReport.Desk configDesk() {
        return running().configDesk();
    }

    /** What REST explains. */
    @Produces
    public RecentRefusals explainable() {
        return running().explainable();
    }

    /** What REST shows of connections that were not admitted. */
    @Produces
    public Refusals refusals() {
        return running().refusals();
    }

    /** What REST makes remedies of. */
    @Produces
    public Surroundings surroundings() {
        return running().surroundings();
    }

    /** What REST tells of admissions by the minute. */
    @Produces
    public AdmissionMinutes admissionMinutes() {
        return running().observatory().minutes();
    }

    /** What REST tells of webhooks. */
    @Produces
    public Webhooks webhooks() {
        return running().webhooks();
    }

    private Gateway running() {
        return gateway.orElseThrow(() -> new IllegalStateException("the gateway has not started"));
    }
}
