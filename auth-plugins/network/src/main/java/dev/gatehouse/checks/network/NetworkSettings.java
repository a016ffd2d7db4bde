package dev.gatehouse.checks.network;

import java.util.List;
import java.util.stream.Stream;

import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code network}.
 *
 * @param allow addresses and networks that clients may come from; empty for all
 * @param deny addresses and networks that clients may not come from, whatever is allowed
 */
record NetworkSettings(
        @Setting(
                about =
                        "Addresses and networks that clients may come from, such as 10.0.0.0/8 or fd00::/8; when the list"
                                + " is empty, from everywhere.")
        List<String> allow,

        @Setting(about = "Addresses and networks that clients may not come from, whatever is in allow.")
        List<String> deny) {

    /** What is wrong with the lists; empty when nothing is. */
    List<String> problems() {
        return Stream.concat(problems("allow", allow), problems("deny", deny)).toList();
    }

    private static Stream<String> problems(String list, List<String> texts) {
        return texts.stream().flatMap(text -> Network.problem(text).stream()).map(problem -> list + ": " + problem);
    }
}
