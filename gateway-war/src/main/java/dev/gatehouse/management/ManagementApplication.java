package dev.gatehouse.management;

import java.util.Set;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lists what the management API consists of; nothing is found by scanning. */
@ApplicationPath("/api/v1")
public class ManagementApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                PairingRequestResource.class,
                DeviceResource.class,
                DeviceTokenResource.class,
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
                ApiKeyFilter.class,
                JacksonBody.class,
                ProblemMapper.class);
    }
}
