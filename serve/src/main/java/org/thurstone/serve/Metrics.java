package org.thurstone.serve;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.thurstone.model.sample.SamplingQueue;

/** Counts for Prometheus. */
final class Metrics {

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder gone = new LongAdder();

    void request(String path, int status) {
        requests.computeIfAbsent("path=\"" + path + "\",status=\"" + status + "\"", x -> new LongAdder())
                .increment();
    }

    void prompt(long tokens) {
        promptTokens.add(tokens);
    }

    void gone() {
        gone.increment();
    }

    /** In Prometheus's text format. */
    String text(SamplingQueue queue) {
        StringBuilder text = new StringBuilder();
        family(text, "thurstone_requests_total", "counter", "Requests that were answered, by path and status.");
        new TreeMap<>(requests)
                .forEach((labels, count) -> text.append("thurstone_requests_total{")
                        .append(labels)
                        .append("} ")
                        .append(count.sum())
                        .append('\n'));
        value(
                text,
                "thurstone_clients_gone_total",
                "counter",
                "Requests whose client closed its connection.",
                gone.sum());
        value(text, "thurstone_prompt_tokens_total", "counter", "Tokens of prompts.", promptTokens.sum());
        value(text, "thurstone_generated_tokens_total", "counter", "Tokens that were sampled.", queue.tokens());
        value(text, "thurstone_answers_running", "gauge", "Answers that are being sampled.", queue.running());
        value(text, "thurstone_answers_waiting", "gauge", "Answers that wait for a slot.", queue.waiting());
        return text.toString();
    }

    private static void value(StringBuilder text, String name, String type, String help, long value) {
        family(text, name, type, help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void family(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
