package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.endpoint.ScriptedServer.Reply;
import tools.jackson.databind.json.JsonMapper;

/** A key is in no file, message or log, even where a server repeats it. */
class SecretsTest {

    private static final String KEY = "sk-Canary/42+\"x\"=";

    private static List<String> spellings() {
        String url = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
        String json = JsonMapper.shared().writeValueAsString(KEY);
        return List.of(
                KEY, url, url.toLowerCase(Locale.ROOT), json.substring(1, json.length() - 1), "sk-Canary", "sk-canary");
    }

    @ParameterizedTest
    @EnumSource
    void theKeyIsNowhere(Provider provider, @TempDir Path directory) throws IOException {
        String url = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
        String echo = JsonMapper.shared()
                .writeValueAsString("wrong key " + KEY + " " + url + " " + url.replaceAll("%2F", "%2f"));
        List<Reply> replies = List.of(
                Reply.of(200, Chats.openAi("fine")),
                Reply.of(400, "{\"error\": {\"message\": " + echo + "}}"),
                Reply.of(500, echo),
                Reply.of(200, "{\"error\": {\"code\": 503, \"message\": " + echo + "}}"),
                Reply.of(200, echo).cutOff(),
                Reply.of(302, "").with("Location", "http://localhost:1/?key=" + url),
                Reply.of(401, echo));
        StringWriter messages = new StringWriter();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        int answered = 0;
        try (FileLedger ledger = FileLedger.open(directory.resolve("run"), "run")) {
            for (int i = 0; i < replies.size(); i++) {
                Reply reply = replies.get(i);
                try (ScriptedServer server = new ScriptedServer(r -> reply)) {
                    Chat chat = Chats.of("{endpoint: " + provider.name().toLowerCase(Locale.ROOT)
                            + ", model: m, attempts: 2, key: KEY, max-tokens: 9, base-url: \"" + server.url() + "\"}");
                    ChatRespondent who =
                            chat.respondent(Map.of("KEY", KEY), new Chats.Clock(), notice -> messages.append(notice));
                    messages.append(who.identity().toString()).append(chat.toString());
                    Chats.inquiry(ledger, 1).ask(who, List.of(Chats.write(i)));
                    answered += server.attempts();
                } catch (RuntimeException e) {
                    e.printStackTrace(new PrintWriter(messages));
                }
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(answered).isPositive();
        StringBuilder all = new StringBuilder(messages.toString()).append(printed.toString(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all.toString()).contains("answered 400").contains("[key]");
        for (String spelling : spellings()) {
            assertThat(all.toString()).doesNotContain(spelling);
        }
    }
}
