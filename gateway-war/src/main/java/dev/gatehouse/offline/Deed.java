package dev.gatehouse.offline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the owner can have done: the words of the command, what follows them, and what it is for. */
enum Deed {
    LIST_DEVICES("devices list", "", "", "who waits, and who is approved"),
    APPROVE("devices approve", "ID", "scopes label", "approve; --scopes=A,B grants fewer, --label=TEXT names"),
    REJECT("devices reject", "ID", "", "reject"),
    RENAME("devices rename", "DEVICE LABEL", "", "give a device another label"),
    ROTATE("devices rotate", "DEVICE", "role scopes", "replace a device token; --role=ROLE when it has several"),
    REVOKE("devices revoke", "DEVICE", "role", "end a device token and its sessions; --role=ROLE when it has several"),
    REMOVE("devices remove", "DEVICE", "", "remove a device with everything it has"),
    LIST_KEYS("keys list", "", "", "the API keys, without their secrets"),
    CREATE_KEY(
            "keys create",
            "LABEL",
            "scopes",
            "make an API key for REST; it is printed once; --scopes=read|approve|manage|admin"),
    REVOKE_KEY("keys revoke", "KEY", "", "end an API key"),
    VERIFY_AUDIT("audit verify", "", "", "whether the audit is whole: nothing missing, changed or moved"),
    IMPORT(
            "import openclaw",
            "",
            "state dry-run",
            "take over the devices of an OpenClaw gateway; --state=FILE, --dry-run only says");

    private final String words;
    private final String operands;
    private final String options;
    private final String about;

    Deed(String words, String operands, String options, String about) {
        this.words = words;
        this.operands = operands;
        this.options = options;
        this.about = about;
    }

    /** The deed of two words, such as {@code devices list}. */
    static Optional<Deed> of(String group, String verb) {
        return Arrays.stream(values())
                .filter(deed -> deed.words.equals(group + " " + verb))
                .findFirst();
    }

    /** Every deed of a group, such as {@code devices}; none when there is no such group. */
    static List<Deed> ofGroup(String group) {
        return Arrays.stream(values())
                .filter(deed -> deed.words.startsWith(group + " "))
                .toList();
    }

    String words() {
        return words;
    }

    /** What must follow the words. */
    List<String> operands() {
        return split(operands);
    }

    /** The options that only this deed has. */
    List<String> options() {
        return split(options);
    }

    private static List<String> split(String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    /** The deed as it is typed, and what it does. */
    String line() {
        return "  %-28s %s".formatted(operands.isEmpty() ? words : words + " " + operands, about);
    }
}
