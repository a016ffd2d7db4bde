package dev.gatehouse.plugin;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * One method of a plugin's class, with the calls of {@link PluginGuard} in it.
 *
 * <p>Inserted calls leave the stack as it was, at places that have no label of their own; so the method's frames stay
 * right. One more stack slot is all that they need.
 */
final class GuardedMethod extends MethodVisitor {

    private static final String GUARD = PluginClasses.GUARD_NAME.replace('.', '/');
    private static final String RUNTIME = "java/lang/Runtime";

    /** Calls that are replaced, to the guard's method of the same name. */
    private static final Set<String> REPLACED = Set.of(
            "java/lang/System.exit(I)V",
            RUNTIME + ".exit(I)V",
            RUNTIME + ".halt(I)V",
            RUNTIME + ".addShutdownHook(Ljava/lang/Thread;)V",
            "java/sql/DriverManager.registerDriver(Ljava/sql/Driver;)V");

    private static final Set<String> EXECUTORS = Set.of(
            "java/util/concurrent/ThreadPoolExecutor",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/concurrent/ForkJoinPool",
            "java/util/Timer");

    private static final Map<String, String> EXECUTOR_FACTORIES = Map.of(
            "Ljava/util/concurrent/ExecutorService;", "java/util/concurrent/Executors",
            "Ljava/util/concurrent/ScheduledExecutorService;", "java/util/concurrent/Executors");

    private final boolean makesExecutor;
    private final Set<Label> behind = new HashSet<>();

    /** Executors under construction, innermost last: whether a second reference waits on the stack. */
    private final Deque<Boolean> duplicated = new ArrayDeque<>();

    private boolean justNew;

    /**
     * A method of a plugin.
     *
     * @param makesExecutor whether it is the constructor of a subclass of an executor or a timer
     */
    GuardedMethod(MethodVisitor next, boolean makesExecutor) {
        super(Opcodes.ASM9, next);
        this.makesExecutor = makesExecutor;
    }

    static boolean isExecutor(@Nullable String type) {
        return type != null && EXECUTORS.contains(type);
    }

    @Override
    public void visitLabel(Label label) {
        behind.add(label);
        super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
        justNew = false;
        checkBeforeJumpTo(target);
        super.visitJumpInsn(opcode, target);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label byDefault, Label... targets) {
        checkBeforeJumpTo(byDefault, targets);
        super.visitTableSwitchInsn(min, max, byDefault, targets);
    }

    @Override
    public void visitLookupSwitchInsn(Label byDefault, int[] keys, Label[] targets) {
        checkBeforeJumpTo(byDefault, targets);
        super.visitLookupSwitchInsn(byDefault, keys, targets);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        justNew = opcode == Opcodes.NEW && isExecutor(type);
        if (justNew) {
            duplicated.addLast(false);
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.DUP && justNew) {
            duplicated.removeLast();
            duplicated.addLast(true);
        }
        justNew = false;
        if (opcode == Opcodes.RETURN && makesExecutor) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            callGuard("keep", "(Ljava/lang/Object;)V");
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        justNew = false;
        if (REPLACED.contains(owner + "." + name + descriptor)) {
            callGuard(name, withReceiver(opcode == Opcodes.INVOKESTATIC, owner, descriptor));
            return;
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (leavesExecutor(owner, name, descriptor)) {
            super.visitInsn(Opcodes.DUP);
            callGuard("keep", "(Ljava/lang/Object;)V");
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced(arguments));
    }

    @Override
    public void visitLdcInsn(Object value) {
        super.visitLdcInsn(replaced(value));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 1, maxLocals);
    }

    private void checkBeforeJumpTo(Label target, Label... others) {
        if (behind.contains(target) || Arrays.stream(others).anyMatch(behind::contains)) {
            callGuard("check", "()V");
        }
    }

    private void callGuard(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, name, descriptor, false);
    }

    /** Whether an executor lies on the stack after this call: a fresh one, by constructor or by factory. */
    private boolean leavesExecutor(String owner, String name, String descriptor) {
        if (name.equals("<init>")) {
            Boolean second = isExecutor(owner) ? duplicated.pollLast() : null;
            return second != null && second;
        }
        return owner.equals(EXECUTOR_FACTORIES.get(descriptor.substring(descriptor.indexOf(')') + 1)));
    }

    private static String withReceiver(boolean isStatic, String owner, String descriptor) {
        return isStatic ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
    }

    private static Object[] replaced(Object[] values) {
        return Arrays.stream(values).map(GuardedMethod::replaced).toArray();
    }

    /** A method reference is a handle among the arguments of the instruction that makes the lambda. */
    private static Object replaced(Object value) {
        if (value instanceof Handle handle
                && REPLACED.contains(handle.getOwner() + "." + handle.getName() + handle.getDesc())) {
            boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
            String descriptor = withReceiver(isStatic, handle.getOwner(), handle.getDesc());
            return new Handle(Opcodes.H_INVOKESTATIC, GUARD, handle.getName(), descriptor, false);
        }
        if (value instanceof ConstantDynamic constant) {
            Object[] arguments = new Object[constant.getBootstrapMethodArgumentCount()];
            Arrays.setAll(arguments, i -> replaced(constant.getBootstrapMethodArgument(i)));
            return new ConstantDynamic(
                    constant.getName(), constant.getDescriptor(), constant.getBootstrapMethod(), arguments);
        }
        return value;
    }
}
