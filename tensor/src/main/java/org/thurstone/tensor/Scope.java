package org.thurstone.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.PointerScope;

/**
 * The lifetime of tensors. Every tensor made on a thread while a scope is open there is freed when the innermost such scope closes; one scope a
 * training step, or a decoded token, keeps memory flat. Outside of any scope the garbage collector frees tensors, late: fine in a test, not in a
 * loop.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = …;
 *     result = step.keep(loss.detach());   // lives on in the enclosing scope
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {

    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    private final PointerScope pointers;

    private Scope() {
        pointers = new PointerScope();
    }

    public static Scope open() {
        Torch.load();
        Scope scope = new Scope();
        OPEN.get().push(scope);
        return scope;
    }

    /** Lets a tensor outlive this scope: it belongs to the enclosing one, or, where there is none, to the code that closes it. */
    public Tensor keep(Tensor tensor) {
        Deque<Scope> open = OPEN.get();
        if (open.peek() != this) {
            throw new IllegalStateException("only the innermost scope of a thread can let a tensor go");
        }
        open.pop();
        if (open.peek() == null) {
            tensor.torch.retainReference();
        } else {
            open.peek().pointers.attach(tensor.torch);
        }
        open.push(this);
        return tensor;
    }

    @Override
    public void close() {
        if (OPEN.get().peek() != this) {
            throw new IllegalStateException("scopes close innermost first, on the thread that opened them");
        }
        OPEN.get().pop();
        pointers.close();
    }
}
