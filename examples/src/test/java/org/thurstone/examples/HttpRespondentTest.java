package org.thurstone.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.loop.run.Seeds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpRespondentTest {

    private final List<JsonNode> received = new ArrayList<>();
    private final Ledger ledger = new MemoryLedger();
    private final Inquiry inquiry = new Inquiry(ledger, new Seeds(1)::of, new Inquiry.Tolerance(0.5, 1), warning -> {});

    /** Replies to each request with a body; an empty one is a failure of the service. */
    private Map<Question, Answer> ask(Function<JsonNode, String> reply, List<Question> questions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/better", exchange -> {
            JsonNode body =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            received.add(body);
            byte[] bytes = reply.apply(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(bytes.length == 0 ? 503 : 200, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI service = URI.create("http://localhost:" + server.getAddress().getPort() + "/better");
            return inquiry.ask(new HttpRespondent(service, client), questions);
        } finally {
            server.stop(0);
        }
    }

    private static Question question(int i) {
        return Question.pair(
                new Prompt("p" + i, Text.raw("Which? " + i)), Completion.raw("good é"), Completion.raw("bad"));
    }

    @Test
    void probabilityOfTheServiceIsForTheCompletionShownFirst() throws IOException {
        Map<Question, Answer> answers = ask(
                body -> body.get("completions").get(0).stringValue().startsWith("good")
                        ? "{\"first\": 0.9}"
                        : "{\"first\": 0.1}",
                List.of(question(1), question(2), question(3)));
        assertThat(answers).hasSize(3);
        answers.forEach((question, answer) -> {
            Preference preference = ((Judgement.Preferred) answer.judgement()).preference();
            boolean good = question.indexOf(Completion.raw("good é")) == 0;
            assertThat(preference.probability()).isCloseTo(good ? 0.9 : 0.1, within(1e-15));
        });
        assertThat(ledger.tallies().values())
                .first()
                .satisfies(t -> assertThat(t.attempts()).isEqualTo(3));
    }

    @Test
    void aQuestionThatFailsIsLeftOutAndTooManyStopTheRun() throws IOException {
        Map<Question, Answer> answers = ask(
                body -> body.get("prompt").stringValue().endsWith("1") ? "" : "{\"first\": 0.5}",
                List.of(question(1), question(2)));
        assertThat(answers).containsOnlyKeys(question(2));
        assertThatThrownBy(() -> ask(body -> "{\"first\": 7}", List.of(question(4), question(5))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("http left 2 of 2 questions without an answer")
                .hasMessageContaining("outside 0…1");
    }
}
