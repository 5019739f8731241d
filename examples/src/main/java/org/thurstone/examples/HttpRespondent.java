package org.thurstone.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a service which of two completions is better. It posts {@code {"prompt": …, "completions": [first, second]}} and expects
 * {@code {"first": P}}, P being the probability that the first is better. What goes wrong fails that question alone; the run continues as
 * long as few questions fail.
 */
public record HttpRespondent(URI service, HttpClient client) implements Respondent {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Identity identity() {
        return new Identity("http", service.toString());
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    /** Calls cost: each is noted before it is made. */
    @Override
    public boolean costs() {
        return true;
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        for (Presentation question : asked) {
            try {
                double first = probability(question);
                elicitation.answer(question, new Judgement.Preferred(new Preference.Soft(first)));
            } catch (IOException | IllegalArgumentException e) {
                elicitation.fail(question, service + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // what was not asked stays open
            }
        }
    }

    private double probability(Presentation question) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("prompt", question.question().prompt().text().plain());
        ArrayNode completions = body.putArray("completions");
        for (Completion shown : question.shown()) {
            completions.add(shown.text().plain());
        }
        HttpRequest request = HttpRequest.newBuilder(service)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        JsonNode first = JSON.readTree(response.body()).get("first");
        if (first == null || !first.isNumber()) {
            throw new IOException("no number 'first' in the reply");
        }
        return first.doubleValue();
    }
}
