package org.thurstone.examples;

import dev.langchain4j.service.AiServices;
import java.nio.file.Path;
import org.thurstone.endpoint.local.LocalChat;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.sample.Sampling;

/** Answers questions through LangChain4j's AiServices with a model in this process. Arguments: a model directory or GGUF file, and questions. */
public final class ChatService {

    private ChatService() {}

    /** What the program asks of the model; AiServices implements it. */
    interface Assistant {
        String answer(String question);
    }

    /** Prints an answer to each question. */
    public static void main(String[] args) {
        ModelDirectory directory = ModelDirectory.of(Path.of(args[0]), LoadOptions.DEFAULT);
        try (LocalChat model = LocalChat.open(directory, Sampling.of(0.7, 100), new Seeds(1).of("answers"))) {
            Assistant assistant = AiServices.create(Assistant.class, model.chat());
            for (int i = 1; i < args.length; i++) {
                System.out.println(assistant.answer(args[i]));
            }
        }
    }
}
