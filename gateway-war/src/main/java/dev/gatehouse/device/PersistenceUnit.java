package dev.gatehouse.device;

import java.net.URL;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

import javax.sql.DataSource;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;

import org.jspecify.annotations.Nullable;

/**
 * The registry's persistence unit as code, because no server treats a {@code META-INF/persistence.xml} alike.
 *
 * <p>There is no weaving and no shared cache: every transaction sees what other nodes committed, and values of entities
 * are replaced, never changed in place.
 */
final class PersistenceUnit implements PersistenceUnitInfo {

    private static final String NAME = "gatehouse-devices";
    private static final List<Class<?>> ENTITIES = List.of(
            DeviceEntity.class,
            GrantEntity.class,
            RetiredTokenEntity.class,
            PairingRequestEntity.class,
            ApiKeyEntity.class,
            InvitationEntity.class,
            ClientColumns.class,
            NodeSurfaceEntity.class,
            SurfaceRequestEntity.class,
            DeclarationColumns.class);

    private final DataSource dataSource;
    private final URL emptyFolder;

    /**
     * A unit on these connections.
     *
     * @param emptyFolder a folder where no mapping file is; servers name the place of the WAR's classes in forms that
     *     EclipseLink takes for a broken archive
     */
    PersistenceUnit(DataSource dataSource, URL emptyFolder) {
        this.dataSource = dataSource;
        this.emptyFolder = emptyFolder;
    }

    @Override
    public Properties getProperties() {
        Properties properties = new Properties();
        // EclipseLink shares a session between factories of one name.
        properties.setProperty("eclipselink.session-name", NAME + "-" + UUID.randomUUID());
        properties.setProperty("eclipselink.weaving", "false");
        properties.setProperty("eclipselink.target-server", "None");
        properties.setProperty("eclipselink.deploy-on-startup", "true");
        // Failures are translated and collisions are retried; EclipseLink would log both with their stack.
        properties.setProperty("eclipselink.logging.logger", "JavaLogger");
        properties.setProperty("eclipselink.logging.level", "OFF");
        return properties;
    }

    @Override
    public String getPersistenceUnitName() {
        return NAME;
    }

    @Override
    public @Nullable String getPersistenceProviderClassName() {
        return null;
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public @Nullable DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return dataSource;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return emptyFolder;
    }

    @Override
    public List<String> getManagedClassNames() {
        return ENTITIES.stream().<String>map(Class::getName).toList();
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.0";
    }

    @Override
    public ClassLoader getClassLoader() {
        return PersistenceUnit.class.getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // Without weaving there is nothing to transform.
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return getClassLoader();
    }
}
