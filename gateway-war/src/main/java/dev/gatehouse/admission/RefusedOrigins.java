package dev.gatehouse.admission;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The origins of pages that a check in shadow mode would have refused for that, while their clients were admitted: whoever
 * was let in by all that is enforced is somebody whom an operator may want to list. The first of each is logged. Bounded;
 * to be guarded by its owner.
 */
final class RefusedOrigins {

    /** Clients choose their origins, so others are only counted. */
    static final int ORIGINS_MAX = 100;

    private static final System.Logger LOG = System.getLogger(RefusedOrigins.class.getName());
    private static final int TEXT_MAX = 300;
    private static final Pattern READABLE = Pattern.compile("[!-~]+");

    private final String check;
    private final Map<String, ShadowFigures.Origin> byText = new HashMap<>();
    private long others;

    /** The origins that a check of this name would have refused. */
    RefusedOrigins(String check) {
        this.check = check;
    }

    void add(String sent, Instant now) {
        String origin = sent.length() <= TEXT_MAX ? sent : sent.substring(0, TEXT_MAX);
        ShadowFigures.Origin known = byText.get(origin);
        if (known == null && byText.size() == ORIGINS_MAX) {
            others++;
            return;
        }
        byText.put(origin, new ShadowFigures.Origin(origin, known == null ? 1 : known.times() + 1, now));
        if (known == null) {
            LOG.log(
                    Level.INFO,
                    "check '" + check + "' would have refused pages of " + readable(origin) + "; GET /api/v1/checks/"
                            + check + " and the console show the line that allows what came");
        }
    }

    /** The ones that came most often first. */
    List<ShadowFigures.Origin> list() {
        return byText.values().stream()
                .sorted(Comparator.comparingLong(ShadowFigures.Origin::times)
                        .reversed()
                        .thenComparing(ShadowFigures.Origin::text))
                .toList();
    }

    /** How often one came for which there was no room. */
    long others() {
        return others;
    }

    private static String readable(String origin) {
        return READABLE.matcher(origin).matches() ? "'" + origin + "'" : "an origin that cannot be written here";
    }
}
