package dev.gatehouse.testkit;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/** Faults of what a check writes: into refusals, identities and the log. */
final class TextBreaches {

    private static final VetoReason REASON = VetoReason.of("TEXT_BREACH", Effect.IDENTIFY, "no");

    private TextBreaches() {}

    static List<Breach> all() {
        return List.of(
                refusing("refusal_multiByteText_isValidUtf8", "half a character in the message", context -> {
                    String tame = wholeLine(context.client().platform());
                    return message("odd platform " + tame.substring(0, Math.min(tame.length(), 20)));
                }),
                refusing(
                        "refusal_multiByteText_isValidUtf8",
                        "half a character in the details",
                        context -> REASON.withDetail("host", firstOf(host(context), 20))),
                refusing("refusal_message_isInHouseStyle", "a capital letter", context -> message("Not allowed")),
                refusing("refusal_message_isInHouseStyle", "a full stop", context -> message("not allowed.")),
                refusing(
                        "refusal_message_isInHouseStyle",
                        "text that turns around",
                        context -> message("odd platform "
                                + only(
                                        character -> !Character.isISOControl(character),
                                        brief(context.client().platform())))),
                refusing(
                        "refusal_fixes_areOneLineEach",
                        "a fix with the client's line feeds",
                        context -> REASON.withFix("ssh -L 1:1:1 " + brief(host(context)))),
                refusing("refusal_fixes_areOneLineEach", "an empty fix", context -> REASON.withFix("")),
                refusing(
                        "refusal_details_areStructured",
                        "an object in the details",
                        context -> REASON.withDetail("peer", context.upgrade().peer())),
                refusing(
                        "refusal_details_areStructured",
                        "no number in the details",
                        context -> REASON.withDetail("a", List.of(Double.NaN))),
                refusing(
                        "refusal_hostileConnection_isBounded",
                        "everything that the client sent",
                        context -> REASON.withDetail("host", whole(host(context)))),
                refusing(
                        "refusal_secretsPresented_givesNoneAway",
                        "the token in the message",
                        context -> message("wrong token " + SampleCheck.tame(token(context)))),
                refusing(
                        "refusal_secretsPresented_givesNoneAway",
                        "every header in the details",
                        context -> REASON.withDetail(
                                "headers",
                                List.of(brief(header(context, "cookie")), brief(header(context, "authorization"))))),
                refusing(
                        "refusal_secretsPresented_givesNoneAway",
                        "the password in a fix",
                        context -> REASON.withFix("try "
                                + SampleCheck.tame(context.credentials()
                                        .password()
                                        .map(Secret::expose)
                                        .orElse("none")))),
                Breach.ofCheck(
                        "identity_secretsPresented_givesNoneAway",
                        "named after the key",
                        (sound, setup) -> new ForwardingCheck(sound) {
                            @Override
                            public Verdict atConnect(ConnectContext context) {
                                Verdict verdict = super.atConnect(context);
                                return verdict instanceof Verdict.Identified
                                                && !token(context).isBlank()
                                        ? Verdict.identified(new Identity("key", token(context)), Scopes.none())
                                        : verdict;
                            }
                        }),
                logging(
                        "log_secretsPresented_givesNoneAway",
                        "the device token in the log",
                        (context, logger) ->
                                logger.log(Level.INFO, "device token {0}", SampleCheck.tame(deviceToken(context)))),
                logging(
                        "log_secretsPresented_givesNoneAway",
                        "the token in an exception in the log",
                        (context, logger) -> logger.log(
                                Level.WARNING,
                                "cannot read it",
                                new IllegalStateException("cause", new IllegalArgumentException(token(context))))),
                Breach.ofCheck(
                        "log_secretsPresented_givesNoneAway",
                        "the token in a report of an outage",
                        TextBreaches::complaining),
                logging(
                        "log_hostileConnection_isOneLineEach",
                        "the client's line feeds in the log",
                        (context, logger) -> logger.log(Level.INFO, "host " + host(context))));
    }

    private static Breach refusing(String rule, String name, Function<ConnectContext, VetoReason> reason) {
        return Breach.ofCheck(rule, name, (sound, setup) -> new ForwardingCheck(sound) {
            @Override
            public Verdict atConnect(ConnectContext context) {
                return Verdict.veto(reason.apply(context));
            }
        });
    }

    private static Breach logging(String rule, String name, BiConsumer<ConnectContext, System.Logger> entry) {
        return Breach.ofCheck(rule, name, (sound, setup) -> new ForwardingCheck(sound) {
            @Override
            public Verdict atConnect(ConnectContext context) {
                entry.accept(context, setup.logger());
                return super.atConnect(context);
            }
        });
    }

    private static ForwardingCheck complaining(SampleCheck sound, CheckSetup setup) {
        return new ForwardingCheck(sound) {
            @Override
            public Verdict atConnect(ConnectContext context) {
                try {
                    setup.devices().find("any");
                    return super.atConnect(context);
                } catch (TemporarilyUnavailable e) {
                    throw new TemporarilyUnavailable("nobody knows " + token(context), e);
                }
            }
        };
    }

    private static VetoReason message(String text) {
        return VetoReason.of("TEXT_BREACH", Effect.IDENTIFY, text);
    }

    private static String token(ConnectContext context) {
        return context.credentials().token().map(Secret::expose).orElse("");
    }

    private static String deviceToken(ConnectContext context) {
        return context.credentials().deviceToken().map(Secret::expose).orElse("");
    }

    private static String host(ConnectContext context) {
        return context.upgrade().host().orElse("none");
    }

    private static String header(ConnectContext context, String name) {
        return context.upgrade().header(name).orElse("none");
    }

    /** The beginning, without halves of characters. */
    private static String brief(String text) {
        return firstOf(whole(firstOf(text, 200)), 60);
    }

    /** Without halves of characters, and without pairs that a cut could part. */
    private static String whole(String text) {
        return only(character -> character < Character.MIN_SURROGATE, text);
    }

    /** Without what would break or turn the line. */
    private static String wholeLine(String text) {
        return only(character -> Texts.isOneLine(Character.toString(character)), firstOf(text, 200));
    }

    private static String only(IntPredicate allowed, String text) {
        return text.codePoints()
                .filter(allowed)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String firstOf(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
