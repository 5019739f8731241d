package org.thurstone.tensor;

import java.util.List;
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

    /** An operator of the {@code aten} namespace, kept for good. */
    static Boxed operator(String name, String overload) {
        Torch.load();
        OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow("aten::" + name, overload);
        operator.retainReference();
        return new Boxed(operator);
    }

    /** Calls with the arguments in the order of the schema, all of them; results are dropped. */
    void call(IValue... arguments) {
        IValueVector stack = new IValueVector();
        for (IValue argument : arguments) {
            stack.push_back(argument);
        }
        operator.callBoxed(stack);
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
