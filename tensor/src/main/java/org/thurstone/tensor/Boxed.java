package org.thurstone.tensor;

import java.util.List;
import org.bytedeco.pytorch.Argument;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** Calls operators that have no named Java binding, through libtorch's dispatcher with boxed arguments. */
final class Boxed {

    private final OperatorHandle operator;

    private Boxed(OperatorHandle operator) {
        this.operator = operator;
    }

    /**
     * An operator, kept for good.
     *
     * @param name with its namespace, such as {@code aten::_foreach_add_}
     * @throws RuntimeException if this build of libtorch lacks it
     */
    static Boxed operator(String name, String overload) {
        Torch.load();
        OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow(name, overload);
        operator.retainReference();
        return new Boxed(operator);
    }

    /** Calls with the arguments in the order of the schema, all of them; results are dropped. */
    void call(IValue... arguments) {
        operator.callBoxed(stack(arguments));
    }

    /** As {@link #call}, for operators whose result is one tensor. */
    Tensor tensor(IValue... arguments) {
        IValueVector stack = stack(arguments);
        operator.callBoxed(stack);
        // A copy of the handle: the one in the stack goes with the stack.
        return new Tensor(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
    }

    private static IValueVector stack(IValue... arguments) {
        IValueVector stack = new IValueVector();
        for (IValue argument : arguments) {
            stack.push_back(argument);
        }
        return stack;
    }

    /** An empty list of the type of an argument, which is a list. */
    IValue emptyList(int argument) {
        Argument declared = operator.schema().arguments().getPointer(Argument.class, argument);
        return new IValue(new GenericList(declared.type().get().containedType(0)));
    }

    /** Wrapping a TensorVector compiles and aborts the JVM, so the list is built element by element. */
    static IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        for (Tensor t : tensors) {
            list.push_back(new IValue(t.torch));
        }
        return new IValue(list);
    }
}
