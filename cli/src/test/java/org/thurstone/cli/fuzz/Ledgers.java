package org.thurstone.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.zip.CRC32C;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.respondent.FromFile;

/** A ledger with one question and its answer, and ledgers whose lines were changed and have the checksums of what they say now. */
final class Ledgers {

    static final Question QUESTION =
            Question.pair(new Prompt("p", Text.raw("?")), Completion.raw("yes"), Completion.raw("no"));

    static final Identity PEOPLE = new FromFile("")
            .open(new Opening(
                    Path.of("none"),
                    name -> SplittableGenerator.of("L64X128MixRandom"),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    notice -> {}))
            .identity();

    private static final String CHECKSUM = ",\"crc\":\"";

    private Ledgers() {}

    static String questions() {
        return plain("questions.jsonl");
    }

    static String answers() {
        return plain("answers.jsonl");
    }

    private static Path whole() {
        Path directory = Target.directory().resolve("whole-ledger");
        if (!Files.exists(directory)) {
            try (FileLedger ledger = FileLedger.open(directory, "run")) {
                Presentation shown = Presentation.of(QUESTION);
                ledger.ask(shown, PEOPLE);
                ledger.answer(new Answer(
                        shown,
                        PEOPLE.key(),
                        new Judgement.Preferred(new Preference.Left()),
                        new Provenance("ann", "", 1),
                        Optional.of("why"),
                        Cost.NONE));
                ledger.close("stage", List.of(QUESTION));
            }
        }
        return directory;
    }

    /** The lines of a file without their checksums. */
    private static String plain(String name) {
        try {
            return Files.readString(whole().resolve(name)).replaceAll(CHECKSUM + "[0-9a-f]{8}\"", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each line with the checksum of what it says. */
    static byte[] checked(byte[] lines) {
        StringBuilder checked = new StringBuilder();
        for (String line : new String(lines, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (line.endsWith("}")) {
                String body = line.substring(0, line.length() - 1);
                CRC32C crc = new CRC32C();
                crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
                line = body + CHECKSUM + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}";
            }
            checked.append(line).append('\n');
        }
        return checked.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The whole ledger with one file in place of its own. */
    static void write(Path directory, String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        for (String file : List.of("questions.jsonl", "answers.jsonl")) {
            Files.write(
                    directory.resolve(file), file.equals(name) ? content : Files.readAllBytes(whole().resolve(file)));
        }
    }
}
