package dev.gatehouse.handshake;

import java.lang.reflect.Proxy;
import java.util.Optional;

/** Stands in for an interface of the container; a method that the test did not think of throws. */
final class Stub {

    private Stub() {}

    /** Answers calls by the method's name. */
    @FunctionalInterface
    interface Answers {
        Object to(String method, Object[] arguments) throws Throwable;
    }

    static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(type, proxy, method.getName(), arguments);
                    }
                    Object[] given = Optional.ofNullable(arguments).orElseGet(() -> new Object[0]);
                    Object answer = answers.to(method.getName(), given);
                    return answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
                }));
    }

    private static Object ofObject(Class<?> type, Object self, String method, Object[] arguments) {
        return switch (method) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "a stub of " + type.getSimpleName();
        };
    }

    /** One that must not be called at all. */
    static <T> T unused(Class<T> type) {
        return of(type, (method, arguments) -> {
            throw new UnsupportedOperationException(method);
        });
    }
}
