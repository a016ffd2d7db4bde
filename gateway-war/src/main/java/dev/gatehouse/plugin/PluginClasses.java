package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Changes the classes of a plugin while they are defined, so that the plugin cannot end the server and can be ended itself.
 *
 * <p>Calls that end the JVM become exceptions, every jump backward first asks whether the plugin was unloaded, and
 * executors and timers are remembered. What a plugin calls by reflection is out of reach.
 */
final class PluginClasses {

    static final String GUARD_NAME = PluginGuard.class.getName();

    private PluginClasses() {}

    /**
     * The class as a plugin may run it.
     *
     * @throws LinkageError when this is no class file that can be read
     */
    static byte[] guarded(String name, byte[] classFile) {
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new Guarding(writer, reader.getSuperName()), 0);
            return writer.toByteArray();
        } catch (RuntimeException e) { // ASM checks little, and fails in many ways on what is no class file
            throw new LinkageError("class " + name + " cannot be read: " + e, e);
        }
    }

    /** The class file of {@link PluginGuard}. */
    static byte[] guard() {
        try (InputStream file = PluginGuard.class.getResourceAsStream("PluginGuard.class")) {
            if (file == null) {
                throw new IllegalStateException("the gateway lacks its own class " + GUARD_NAME);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Guarding extends ClassVisitor {
        private final @Nullable String superName;

        Guarding(ClassVisitor next, @Nullable String superName) {
            super(Opcodes.ASM9, next);
            this.superName = superName;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean makesExecutor = name.equals("<init>") && GuardedMethod.isExecutor(superName);
            return new GuardedMethod(next, makesExecutor);
        }
    }
}
