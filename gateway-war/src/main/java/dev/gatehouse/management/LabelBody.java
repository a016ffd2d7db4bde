package dev.gatehouse.management;

import java.util.Optional;

/**
 * What may be changed about a device. Public, because proxies of the resource take it as a parameter.
 *
 * @param label what to call it
 */
public record LabelBody(Optional<String> label) {

    String required() {
        return label.orElseThrow(() -> new ProblemException(Problem.malformedBody("label is missing")));
    }
}
