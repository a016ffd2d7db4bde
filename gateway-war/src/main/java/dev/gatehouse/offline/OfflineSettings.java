package dev.gatehouse.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.gatehouse.config.ConfigFile;
import dev.gatehouse.config.Home;
import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.device.DatabaseSettings;
import dev.gatehouse.device.DeviceSettings;

/**
 * The little of the config that a command needs without a gateway: its database, and how devices wait. Whatever else is
 * wrong in the file does not keep the owner out; what says where the data is must be right, for the wrong database would
 * be worse than none.
 */
final class OfflineSettings {

    private static final String DATABASE = "database";
    private static final String DEVICES = "devices";
    private static final Pattern AREA = Pattern.compile("^database\\s*:.*");
    private static final Pattern NEXT_AREA = Pattern.compile("^[^\\s#].*");

    private final Home home;
    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    /**
     * The settings of a home.
     *
     * @param environment overrides what the file says, as it does for the gateway
     * @param warnings told what was passed over
     */
    OfflineSettings(Home home, Map<String, String> environment, Consumer<String> warnings) {
        this.home = home;
        this.environment = environment;
        this.warnings = warnings;
    }

    /**
     * Where the data is.
     *
     * @throws CommandFailed when that cannot be read from the config
     */
    DatabaseSettings database() {
        List<String> problems = new ArrayList<>();
        return new RecordBinder(home, environment)
                .bind(DatabaseSettings.class, DATABASE, area(areas(), DATABASE), problems)
                .orElseThrow(() -> new CommandFailed(home.config() + ": " + String.join("; ", problems)));
    }

    /** How devices wait; the defaults where the config cannot be used. */
    DeviceSettings devices() {
        List<String> problems = new ArrayList<>();
        Optional<DeviceSettings> written = Optional.empty();
        try {
            written = new RecordBinder(home, environment)
                    .bind(DeviceSettings.class, DEVICES, area(ConfigFile.read(home.config()), DEVICES), problems);
        } catch (InvalidConfig e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            warnings.accept("the settings of devices are not in use, defaults are: " + String.join("; ", problems));
        }
        return written.orElseGet(() -> new RecordBinder(home, Map.of())
                .bind(DeviceSettings.class, DEVICES, Map.of(), problems)
                .orElseThrow());
    }

    /** The whole file; of one that is no YAML, the lines about the database. */
    private Map<String, Object> areas() {
        try {
            return ConfigFile.read(home.config());
        } catch (InvalidConfig e) {
            warnings.accept(e.getMessage() + "; looking there for the database alone");
            return areaAlone(e);
        }
    }

    private Map<String, Object> areaAlone(InvalidConfig broken) {
        List<String> lines = lines(broken);
        List<String> own = new ArrayList<>();
        boolean isInside = false;
        for (String line : lines) {
            boolean isArea = AREA.matcher(line).matches();
            isInside = isArea || (isInside && !NEXT_AREA.matcher(line).matches());
            if (isInside) {
                own.add(line);
            } else if (!line.stripLeading().startsWith("#") && line.contains(DATABASE)) {
                throw unreadable(broken);
            }
        }
        try {
            return ConfigFile.parse(String.join("\n", own), home.config().toString());
        } catch (InvalidConfig e) {
            throw unreadable(e);
        }
    }

    private List<String> lines(InvalidConfig broken) {
        try {
            return Files.readAllLines(home.config());
        } catch (IOException e) {
            throw unreadable(broken);
        }
    }

    private static CommandFailed unreadable(InvalidConfig why) {
        return new CommandFailed(
                "the config does not say which database is meant: " + why.getMessage()
                        + "; mend that, or name the database in GATEHOUSE_DATABASE_URL and move the file away",
                why);
    }

    private static Object area(Map<String, Object> areas, String name) {
        return Optional.ofNullable(areas.get(name)).orElse(Map.of());
    }
}
