package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come together, wait, and go away. */
@Timeout(60)
class LoadTest {

    @TempDir
    private Path directory;

    private final Scripted policy = new Scripted(2_000);

    private Api api(int slots, int queue) {
        return new Api(ByteModel.of(policy, directory), ServerOptions.LOCAL.withSlots(slots, queue));
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Socket begin(Api api, String fields) throws IOException {
        String body = "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]" + fields + "}";
        Socket socket = new Socket("127.0.0.1", api.server.port());
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void aClientThatGoesAwayFreesItsSlotAndDisturbsNoOther() throws IOException {
        policy.says("b".repeat(1_000));
        for (String stream : List.of("", ", \"stream\": true")) {
            policy.steps = new Semaphore(4);
            try (Api api = api(2, 4)) {
                Socket gone = begin(api, stream);
                await(() -> api.metric("thurstone_answers_running") == 1);
                CompletableFuture<Api.Reply> other = CompletableFuture.supplyAsync(() -> api.hi("'max_tokens': 30"));
                gone.close();
                // The slot is free within a step: the one that is held up here, and no more than some others.
                await(() -> {
                    policy.steps.release();
                    return api.metric("thurstone_clients_gone_total") == 1;
                });
                policy.steps.release(1_000_000);
                assertThat(other.join().content()).isEqualTo("b".repeat(30));
                await(() -> api.metric("thurstone_answers_running") == 0);
                assertThat(api.metric("thurstone_generated_tokens_total")).isLessThan(900);
            }
        }
    }

    @Test
    void moreThanMayWaitIsRefusedAndEverythingElseIsAnswered() {
        policy.says("c".repeat(20));
        policy.steps = new Semaphore(1);
        try (Api api = api(1, 2)) {
            List<CompletableFuture<Api.Reply>> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                taken.add(CompletableFuture.supplyAsync(() -> api.hi("")));
                int there = i + 1;
                await(() -> api.metric("thurstone_answers_running") + api.metric("thurstone_answers_waiting") == there);
            }
            Api.Reply refused = api.hi("");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.error()).startsWith("[queue_full]");
            assertThat(refused.response().headers().firstValue("retry-after")).hasValue("1");
            policy.steps.release(1_000_000);
            taken.forEach(reply -> assertThat(reply.join().content()).isEqualTo("c".repeat(20)));
            // A long list of prompts passes through a short queue.
            StringBuilder prompts = new StringBuilder("'a'");
            prompts.repeat(", 'b'", 11);
            Api.Reply many = api.complete("{'prompt': [" + prompts + "], 'max_tokens': 2}");
            assertThat(many.json().path("choices").size()).isEqualTo(12);
            many.json()
                    .path("choices")
                    .forEach(choice ->
                            assertThat(choice.path("text").stringValue()).isEqualTo("cc"));
        }
    }

    @Test
    void closingEndsWhatRunsWithAnError() {
        policy.says("d".repeat(500));
        policy.steps = new Semaphore(3);
        Api api = api(2, 4);
        CompletableFuture<Api.Reply> streamed = CompletableFuture.supplyAsync(() -> api.hi("'stream': true"));
        await(() -> api.metric("thurstone_answers_running") == 1);
        CompletableFuture<Api.Reply> whole = CompletableFuture.supplyAsync(() -> api.hi(""));
        await(() -> api.metric("thurstone_answers_running") + api.metric("thurstone_answers_waiting") == 2);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(api.server::close);
        policy.steps.release(3);
        assertThat(whole.join().status()).isEqualTo(503);
        assertThat(whole.join().error()).startsWith("[shutting_down]");
        Api.Reply parts = streamed.join();
        assertThat(parts.body()).contains("shutting_down").doesNotContain("[DONE]");
        closing.join();
        api.close();
    }

    @Test
    void aRequestThatFollowsOnTheSameConnectionIsAnsweredOrSentAgain() throws IOException {
        policy.says("e");
        try (Api api = api(2, 4);
                Socket socket = begin(api, "")) {
            String next = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(next.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Either both are answered, or the first one, with the word that the connection closes.
            assertThat(answers).startsWith("HTTP/1.1 200");
            assertThat(answers.contains("\"ok\"") || answers.contains("Connection: close"))
                    .isTrue();
        }
    }
}
