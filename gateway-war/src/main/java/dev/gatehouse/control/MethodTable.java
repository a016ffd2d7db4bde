package dev.gatehouse.control;

import java.util.List;

/** Methods that belong together. */
public interface MethodTable {

    /** Each method once. */
    List<Method<?>> table();
}
