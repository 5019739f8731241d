package org.thurstone.worlds.language.sampling;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.thurstone.data.Count;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.RowsInParts;
import org.thurstone.loop.Progress;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.report.Version;

/** Files of rows that a model computes, and that a process left unfinished. */
public final class Unfinished {

    private Unfinished() {}

    /** What decides the rows, as far as it is the model's. */
    public static SequencedMap<String, String> of(String task, ModelDirectory model) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("task", task);
        all.put("version of thurstone", Version.current());
        all.put("model", ModelFiles.fingerprint(model.path()));
        all.put("model options", model.options() + " " + model.threads());
        model.options()
                .template()
                .file()
                .ifPresent(file -> all.put("chat template", Fingerprint.of(file).sha256()));
        return all;
    }

    /** Tells whether there is something to go on with. */
    public static void say(RowsInParts rows, Path out, Progress progress) {
        if (!rows.restarted().isEmpty()) {
            progress.say("starting anew: what an earlier process has left of " + out + " was made with another "
                    + rows.restarted());
        } else if (rows.finished() > 0) {
            progress.say("going on with " + out + ", of which an earlier process has left "
                    + Count.of(rows.finished(), "part"));
        }
    }
}
