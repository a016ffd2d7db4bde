/**
 * The chain in force: built from the config and the loaded plugins, replaced while handshakes go on, reported and
 * explained.
 *
 * <p>Stands between what the operator changes (files, REST) and {@code admission}, which decides. Nothing in a
 * {@link dev.gatehouse.chain.ChainGeneration} changes once it is built; {@link dev.gatehouse.chain.ChainReloader} puts
 * one in the place of another, whole or not at all.
 *
 * <p>Entry type: {@link dev.gatehouse.chain.ChainReloader}.
 */
@NullMarked
package dev.gatehouse.chain;

import org.jspecify.annotations.NullMarked;
