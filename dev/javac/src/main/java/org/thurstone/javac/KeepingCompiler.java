package org.thurstone.javac;

import java.util.Set;
import javax.inject.Named;
import javax.inject.Singleton;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.codehaus.plexus.compiler.CompilerConfiguration;
import org.codehaus.plexus.compiler.CompilerException;
import org.codehaus.plexus.compiler.CompilerResult;
import org.codehaus.plexus.compiler.javac.InProcessCompiler;
import org.codehaus.plexus.compiler.javac.JavacCompiler;
import org.codehaus.plexus.compiler.javac.JavaxToolsCompiler;

/**
 * Maven's Java compiler, in Maven's own process, which loads Error Prone and other processors once instead of once per module: loading and first
 * running some thousand classes takes longer than checking most modules. Chosen by {@code <compilerId>javac-keeping-processors</compilerId>}.
 *
 * <p>Error Prone needs the packages that {@code .mvn/jvm.config} opens. Where Maven was started without it, a process is forked for each module.
 */
@Named("javac-keeping-processors")
@Singleton
public class KeepingCompiler extends JavacCompiler {

    private static final Set<String> NEEDED = Set.of(
            "com.sun.tools.javac.api",
            "com.sun.tools.javac.file",
            "com.sun.tools.javac.main",
            "com.sun.tools.javac.model",
            "com.sun.tools.javac.parser",
            "com.sun.tools.javac.processing",
            "com.sun.tools.javac.tree",
            "com.sun.tools.javac.util");

    private final KeptLoaders loaders = new KeptLoaders();

    private final InProcessCompiler inProcess = new JavaxToolsCompiler() {
        @Override
        protected JavaCompiler newJavaCompiler() {
            return new CompilerWithKeptLoaders(ToolProvider.getSystemJavaCompiler(), loaders);
        }
    };

    @Override
    public String getCompilerId() {
        return "javac-keeping-processors";
    }

    @Override
    protected InProcessCompiler inProcessCompiler() {
        return inProcess;
    }

    @Override
    public CompilerResult performCompile(CompilerConfiguration configuration) throws CompilerException {
        if (!isOpen()) {
            configuration.setFork(true);
        }
        return super.performCompile(configuration);
    }

    private static boolean isOpen() {
        Module compiler = ToolProvider.getSystemJavaCompiler().getClass().getModule();
        Module unnamed = ClassLoader.getSystemClassLoader().getUnnamedModule();
        return NEEDED.stream().allMatch(p -> compiler.isExported(p, unnamed));
    }
}
