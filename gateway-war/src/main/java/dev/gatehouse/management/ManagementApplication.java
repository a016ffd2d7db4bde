package dev.gatehouse.management;

import java.util.Set;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lists what the management API consists of; nothing is found by scanning. */
@ApplicationPath("/api/v1")
public class ManagementApplication extends Application {

    static final Set<Class<?>> CLASSES = Set.of(
            PairingRequestResource.class,
            DeviceResource.class,
            DeviceTokenResource.class,
            DeviceHistoryResource.class,
            InvitationResource.class,
            NodeResource.class,
            NodeRequestResource.class,
            SessionResource.class,
            ChainResource.class,
            CheckResource.class,
            ConfigResource.class,
            AuditResource.class,
            KeyResource.class,
            BanResource.class,
            KeyScopeFilter.class,
            RefusalResource.class,
            AdmissionCountsResource.class,
            WebhookResource.class,
            ApiKeyFilter.class,
            JacksonBody.class,
            ProblemMapper.class,
            CallRules.class,
            AnswerHeaders.class,
            OptionsFilter.class,
            IdempotencyFilter.class);

    @Override
    public Set<Class<?>> getClasses() {
        return CLASSES;
    }
}
