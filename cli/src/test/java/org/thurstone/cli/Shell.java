package org.thurstone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command and what it printed. */
record Shell(int code, String out, String err) {

    static Shell run(String... args) {
        return run(new CommandLine(new Main()), args);
    }

    static Shell run(CommandLine command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(command, new PrintWriter(out), new PrintWriter(err), args);
        return new Shell(code, out.toString(), err.toString());
    }
}
