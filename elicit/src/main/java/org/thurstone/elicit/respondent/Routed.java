package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Method;

/**
 * Sends each question to one of several respondents: the first route that matches. A question that matches no route fails.
 *
 * @param routes in the order in which they are tried
 */
@Method(
        name = "routed",
        kind = "respondent",
        summary = "each question goes to one of several respondents, by form, audience or prompt")
public record Routed(List<Route> routes) implements RespondentSource {

    /**
     * Takes questions that fit all that is given, and that its respondent answers.
     *
     * @param form of the question
     * @param audience that the question is meant for
     * @param prompt a regular expression, found somewhere in the text of the prompt
     */
    public record Route(
            Optional<Question.Form> form,
            Optional<String> audience,
            Optional<String> prompt,
            RespondentSource respondent) {

        public Route {
            prompt.ifPresent(Route::compiled);
        }

        private static Pattern compiled(String regex) {
            try {
                return Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "prompt \"" + regex + "\" is not a regular expression: " + e.getDescription(), e);
            }
        }
    }

    public Routed {
        routes = List.copyOf(routes);
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("routes is empty: at least one is needed");
        }
    }

    @Override
    public List<RespondentSource> sources() {
        return routes.stream().map(Route::respondent).toList();
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        Set<Question.Form> forms = EnumSet.noneOf(Question.Form.class);
        for (Route route : routes) {
            Set<Question.Form> taken = EnumSet.copyOf(route.respondent.mayAnswer());
            route.form.ifPresent(form -> taken.retainAll(EnumSet.of(form)));
            forms.addAll(taken);
        }
        return forms;
    }

    @Override
    public Respondent open(Opening opening) {
        List<OpenRoute> ways = new ArrayList<>();
        StringBuilder settings = new StringBuilder("routes=");
        for (Route route : routes) {
            ways.add(new OpenRoute(
                    route.form, route.audience, route.prompt.map(Route::compiled), route.respondent.open(opening)));
            settings.append("%s %s %s; ".formatted(route.form, route.audience, route.prompt));
        }
        List<Respondent> members = ways.stream().map(OpenRoute::member).toList();
        return new Router(ways, Composite.identity("routed", settings.toString(), members));
    }

    /** A route whose respondent is open. */
    private record OpenRoute(
            Optional<Question.Form> form, Optional<String> audience, Optional<Pattern> prompt, Respondent member) {

        boolean takes(Question question) {
            return member.forms().contains(question.form())
                    && form.map(question.form()::equals).orElse(true)
                    && audience.map(a -> question.audience().equals(Optional.of(a)))
                            .orElse(true)
                    && prompt.map(p -> p.matcher(
                                            LosslessJson.shown(question.prompt().content()))
                                    .find())
                            .orElse(true);
        }
    }

    private record Router(List<OpenRoute> ways, Identity identity) implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            Set<Question.Form> forms = new HashSet<>();
            for (OpenRoute way : ways) {
                way.member.forms().stream()
                        .filter(form -> way.form.map(form::equals).orElse(true))
                        .forEach(forms::add);
            }
            return forms;
        }

        @Override
        public List<Respondent> members() {
            return ways.stream().map(OpenRoute::member).toList();
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            Map<OpenRoute, List<Presentation>> parts = new LinkedHashMap<>();
            Map<Presentation, String> failed = new HashMap<>();
            for (Presentation p : asked) {
                ways.stream()
                        .filter(way -> way.takes(p.question()))
                        .findFirst()
                        .ifPresentOrElse(
                                way -> parts.computeIfAbsent(way, w -> new ArrayList<>())
                                        .add(p),
                                () -> failed.put(p, "no route takes " + p.question()));
            }
            Map<Presentation, Answer> answers = new HashMap<>();
            parts.forEach((way, part) -> answers.putAll(elicitation.ask(way.member, part, failed::put)));
            Composite.pass(asked, answers, failed, elicitation);
        }
    }
}
