package org.thurstone.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.respondent.BothOrders;
import org.thurstone.elicit.respondent.Ties;
import org.thurstone.elicit.respondent.Time;
import org.thurstone.endpoint.http.Addresses;
import org.thurstone.endpoint.http.Connection;
import org.thurstone.endpoint.http.Proxies;
import org.thurstone.endpoint.http.Timeouts;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.Operational;
import org.thurstone.recipe.Recipe;

/**
 * A chat model behind an HTTP endpoint. It compares the completions of a pair, rates completions, and writes completions where it is a policy. Only what
 * is set is sent. The key comes from an environment variable.
 *
 * <p>Each attempt is in the ledger before it is sent. A refusal (429, 408, 5xx) or a request that did not reach the server is repeated after a pause; an
 * answer that was lost, or that is no judgement, counts with its cost and is asked for again, {@code attempts} times in all. Answers that were refused by
 * the provider or cut at the limit of tokens are abstentions. Other errors stop the run with the provider's message.
 *
 * @param endpoint the interface of the server: {@code openai} (and all servers that are compatible), {@code anthropic}, {@code gemini} or {@code ollama}
 * @param model the name of the model
 * @param baseUrl the address of the server, such as {@code http://localhost:8000/v1} (default: the provider's own)
 * @param key the environment variable with the key (default: the provider's, such as {@code OPENAI_API_KEY}; with {@code base-url} none, so that a key is
 *     not sent to another server)
 * @param temperature sampling temperature, at least 0
 * @param topP sample only from the most likely tokens whose probabilities add up to this
 * @param maxTokens maximum number of tokens per reply
 * @param maxCompletionTokens the same under the name that OpenAI's newer models ask for
 * @param stop texts at which a reply ends
 * @param seed random seed of completions; the i-th completion of a prompt (of 0, 1, …) has the seed + i. Anthropic takes none
 * @param context size of the context in tokens, for {@code ollama}, whose own default is small
 * @param system an instruction that is sent before prompts to write completions for
 * @param criteria what a judge goes by
 * @param orders whether pairs are shown in both orders, or in one
 * @param inconsistent the answer if the two orders disagree: {@code tie} or {@code abstain}
 * @param schema whether replies of a judge are constrained to its JSON schema; not all servers can
 * @param stripThinking whether {@code <think>…</think>} at the beginning of a completion is removed
 * @param stream whether replies are streamed, so that the limit {@code timeouts.idle} notices a server that hangs
 * @param parallel number of calls at the same time, at least 1
 * @param attempts maximum number of calls per question, at least 1
 * @param longestWait if the server asks to wait longer than this, the run stops
 * @param timeouts limits of a call
 * @param price a file with prices per million tokens: {@code models: {NAME: {input: 0.15, output: 0.6}}}
 * @param cap limits on cost, calls and tokens
 */
@Method(
        name = "chat",
        kind = "respondent",
        summary = "a chat model behind an HTTP endpoint: OpenAI-compatible, Anthropic, Gemini or Ollama")
public record Chat(
        Provider endpoint,
        String model,
        Optional<String> baseUrl,
        Optional<String> key,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt maxTokens,
        OptionalInt maxCompletionTokens,
        @Default("[]") List<String> stop,
        OptionalInt seed,
        OptionalInt context,
        Optional<String> system,
        @Default("helpfulness, correctness and clarity") String criteria,
        @Default("both") Orders orders,
        @Default("tie") Ties inconsistent,
        @Default("false") boolean schema,
        @Default("false") boolean stripThinking,
        @Default("false") boolean stream,
        @Default("8") int parallel,
        @Default("5") int attempts,
        @Default("5m") Duration longestWait,
        Timeouts timeouts,
        Optional<Path> price,
        Cap cap)
        implements RespondentSource, Operational {

    /** The orders in which a pair is shown. */
    public enum Orders {
        /** Twice, each completion first once, which cancels position bias. */
        BOTH,
        /** Once, in the order that the question decides. */
        ONE
    }

    public Chat {
        stop = List.copyOf(stop);
        if (model.isBlank()) {
            throw new IllegalArgumentException("model is blank: name the model");
        }
        baseUrl.ifPresent(Chat::checked);
        check(!(maxTokens.isPresent() && maxCompletionTokens.isPresent()), "set max-tokens or max-completion-tokens");
        check(maxTokens.orElse(1) >= 1 && maxCompletionTokens.orElse(1) >= 1, "max-tokens must be at least 1");
        check(
                maxCompletionTokens.isEmpty() || endpoint == Provider.OPENAI,
                "max-completion-tokens is OpenAI's: use max-tokens");
        check(
                endpoint != Provider.ANTHROPIC || maxTokens.isPresent(),
                "anthropic needs max-tokens: its interface has no default");
        check(endpoint != Provider.ANTHROPIC || seed.isEmpty(), "anthropic takes no seed");
        check(context.isEmpty() || endpoint == Provider.OLLAMA, "context is for ollama: other servers decide it");
        check(temperature.orElse(0) >= 0, "temperature must be at least 0");
        check(topP.orElse(1) > 0 && topP.orElse(1) <= 1, "top-p must be above 0 and at most 1");
        check(parallel >= 1 && attempts >= 1, "parallel and attempts must be at least 1");
        check(!longestWait.isNegative(), "longest-wait must be at least 0");
        check(cap.cost().isEmpty() || price.isPresent(), "cap.cost needs price: a file with the prices of the model");
        check(
                (cap.cost().isEmpty() && cap.tokens().isEmpty())
                        || maxTokens.isPresent()
                        || maxCompletionTokens.isPresent(),
                "a cap on cost or tokens needs max-tokens: without it, a call has no bound");
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static void checked(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("base-url is not an address such as http://localhost:8000/v1", e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        check(http && uri.getHost() != null, "base-url is not an address such as http://localhost:8000/v1");
        check(
                uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                "base-url " + Addresses.shown(uri)
                        + " has a user, query or fragment: keys come from environment variables, see `key`");
    }

    /** The option of a command that takes a model in the form {@code {chat: {endpoint: openai, model: NAME, …}}}. */
    private record Written(RespondentSource model) {}

    /**
     * Reads a model as commands take it. Paths are relative to the current directory.
     *
     * @param text YAML
     * @param option that it is from, for messages
     * @throws org.thurstone.recipe.RecipeError if it is wrong
     * @throws UserError if it is another respondent
     */
    public static Chat parse(String text, String option) {
        RespondentSource source = Recipe.parse("model: " + text, option)
                .bind(Written.class, Catalogue.installed())
                .model();
        if (source instanceof Chat chat) {
            return chat;
        }
        throw new UserError(option + " takes {chat: {…}}, and no other respondent");
    }

    /** The same with other settings of sampling; those that are empty stay as they are. */
    public Chat withSampling(
            OptionalDouble otherTemperature,
            OptionalDouble otherTopP,
            OptionalInt otherMaxTokens,
            List<String> otherStop,
            OptionalInt otherSeed) {
        boolean newName = maxCompletionTokens.isPresent();
        return new Chat(
                endpoint,
                model,
                baseUrl,
                key,
                otherTemperature.isPresent() ? otherTemperature : temperature,
                otherTopP.isPresent() ? otherTopP : topP,
                otherMaxTokens.isPresent() && !newName ? otherMaxTokens : maxTokens,
                otherMaxTokens.isPresent() && newName ? otherMaxTokens : maxCompletionTokens,
                otherStop.isEmpty() ? stop : otherStop,
                otherSeed.isPresent() ? otherSeed : seed,
                context,
                system,
                criteria,
                orders,
                inconsistent,
                schema,
                stripThinking,
                stream,
                parallel,
                attempts,
                longestWait,
                timeouts,
                price,
                cap);
    }

    /** The same with other limits. */
    public Chat withCap(Cap other) {
        return with(parallel, attempts, longestWait, timeouts, price, other);
    }

    /** Caps, prices, timeouts and the like change no answer, so a run whose cap was reached resumes with a higher one. */
    @Override
    public Chat whatDecides() {
        return with(8, 5, Duration.ofMinutes(5), Timeouts.DEFAULT, Optional.empty(), Cap.NONE);
    }

    private Chat with(
            int otherParallel,
            int otherAttempts,
            Duration otherWait,
            Timeouts otherTimeouts,
            Optional<Path> otherPrice,
            Cap otherCap) {
        return new Chat(
                endpoint,
                model,
                baseUrl,
                key,
                temperature,
                topP,
                maxTokens,
                maxCompletionTokens,
                stop,
                seed,
                context,
                system,
                criteria,
                orders,
                inconsistent,
                schema,
                stripThinking,
                stream,
                otherParallel,
                otherAttempts,
                otherWait,
                otherTimeouts,
                otherPrice,
                otherCap);
    }

    /** A model with no settings of its own. */
    public static Chat of(Provider endpoint, String model, String baseUrl) {
        return new Chat(
                endpoint,
                model,
                Optional.of(baseUrl),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                endpoint == Provider.ANTHROPIC ? OptionalInt.of(1024) : OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "helpfulness, correctness and clarity",
                Orders.BOTH,
                Ties.TIE,
                false,
                false,
                false,
                8,
                5,
                Duration.ofMinutes(5),
                Timeouts.DEFAULT,
                Optional.empty(),
                Cap.NONE);
    }

    /** The address that calls go to, without a slash at its end. */
    public URI address() {
        return URI.create(baseUrl.orElse(endpoint.baseUrl()).replaceAll("/+$", ""));
    }

    /** Name for people: {@code openai/gpt-x}. */
    public String title() {
        return endpoint.name().toLowerCase(java.util.Locale.ROOT) + "/" + model;
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.PAIR, Question.Form.RATE, Question.Form.WRITE);
    }

    @Override
    public Respondent open(Opening opening) {
        ChatRespondent single = respondent(System.getenv(), Time.SYSTEM, opening.notices());
        return orders == Orders.ONE ? single : new PairsInBothOrders(single, BothOrders.of(single, inconsistent));
    }

    /** The model without a protocol for pairs: each question is one call. */
    public ChatRespondent respondent(java.util.function.Consumer<String> notices) {
        return respondent(System.getenv(), Time.SYSTEM, notices);
    }

    /**
     * @param environment variables by name
     * @throws UserError if the key is missing, or a file of prices cannot be used
     */
    ChatRespondent respondent(Map<String, String> environment, Time time, java.util.function.Consumer<String> notices) {
        Prices.Price prices = price.map(file -> Prices.read(file, model)).orElse(Prices.Price.NONE);
        Optional<String> secret = secret(environment);
        Connection connection = new Connection(address(), new Proxies(environment), timeouts);
        return new ChatRespondent(this, new ChatClient(this, secret, connection, time), prices, time, notices);
    }

    private Optional<String> secret(Map<String, String> environment) {
        String variable = key.orElse(baseUrl.isPresent() ? "" : endpoint.variable());
        if (variable.isEmpty()) {
            return Optional.empty();
        }
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new UserError("the environment variable " + variable + " is not set: it holds the key of " + title());
        }
        return Optional.of(value);
    }
}
