package dev.gatehouse.offline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Role;

/**
 * A command as it was typed.
 *
 * @param deed what to do
 * @param operands what follows the words, in their order
 * @param options what was given as {@code --name=value} or {@code --name value}; a switch has the value "true"
 */
record Invocation(Deed deed, List<String> operands, Map<String, String> options) {

    private static final Set<String> COMMON = Set.of("home", "json");
    private static final Set<String> SWITCHES = Set.of("json", "dry-run");

    /**
     * Reads the arguments; that help was not asked for is known.
     *
     * @throws Misuse when they do not make a command
     */
    static Invocation parse(List<String> arguments) {
        if (arguments.size() < 2) {
            throw new Misuse("'" + String.join(" ", arguments) + "' is no whole command");
        }
        Deed deed = Deed.of(arguments.get(0), arguments.get(1))
                .orElseThrow(() -> new Misuse("'" + arguments.get(0) + " " + arguments.get(1) + "' is no command"));
        List<String> operands = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        List<String> rest = arguments.subList(2, arguments.size());
        while (!rest.isEmpty()) {
            rest = rest.get(0).startsWith("--") ? takeOption(deed, rest, options) : takeOperand(rest, operands);
        }
        Invocation invocation = new Invocation(deed, List.copyOf(operands), Map.copyOf(options));
        invocation.check();
        return invocation;
    }

    private static List<String> takeOperand(List<String> arguments, List<String> operands) {
        operands.add(arguments.get(0));
        return arguments.subList(1, arguments.size());
    }

    private static List<String> takeOption(Deed deed, List<String> arguments, Map<String, String> options) {
        String first = arguments.get(0).substring(2);
        int equals = first.indexOf('=');
        String name = equals < 0 ? first : first.substring(0, equals);
        Set<String> known = new HashSet<>(COMMON);
        known.addAll(deed.options());
        if (!known.contains(name)) {
            throw new Misuse("'--" + name + "' is no option of '" + deed.words() + "'");
        }
        boolean isSwitch = SWITCHES.contains(name);
        if (isSwitch ? equals >= 0 : equals < 0 && arguments.size() < 2) {
            throw new Misuse(isSwitch ? "'--" + name + "' takes no value" : "'--" + name + "' has no value");
        }
        String value = isSwitch ? "true" : equals >= 0 ? first.substring(equals + 1) : arguments.get(1);
        if (options.put(name, value) != null) {
            throw new Misuse("'--" + name + "' is given twice");
        }
        return arguments.subList(isSwitch || equals >= 0 ? 1 : 2, arguments.size());
    }

    private void check() {
        if (operands.size() != deed.operands().size()) {
            throw new Misuse("'" + deed.words() + "' takes "
                    + (deed.operands().isEmpty() ? "nothing more" : String.join(" and ", deed.operands())));
        }
        option("role").filter(role -> Role.parse(role).isEmpty()).ifPresent(role -> {
            throw new Misuse("'" + role + "' is no role; use operator or node");
        });
        if (deed == Deed.IMPORT && option("state").isEmpty()) {
            throw new Misuse("'" + deed.words() + "' needs --state=FILE, OpenClaw's state/openclaw.sqlite");
        }
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    Optional<Path> path(String name) {
        return option(name).map(path -> Path.of(path).toAbsolutePath().normalize());
    }

    boolean is(String name) {
        return options.containsKey(name);
    }

    /** What is to be carried out, but for the devices of an import. */
    Order order() {
        boolean isNew = deed == Deed.CREATE_KEY;
        return new Order(
                deed,
                operands.stream().findFirst().filter(operand -> !isNew),
                option("role"),
                option("scopes").map(scopes -> Arrays.asList(scopes.split(",", -1))),
                isNew
                        ? operands.stream().findFirst()
                        : operands.stream().skip(1).findFirst().or(() -> option("label")),
                Optional.empty(),
                is("dry-run"));
    }
}
