package org.thurstone.endpoint;

/** The interface that a server has. */
public enum Provider {
    /** OpenAI's chat completions, which most servers have: vLLM, llama.cpp, LM Studio, OpenRouter and {@code thurstone serve}. */
    OPENAI("https://api.openai.com/v1", "OPENAI_API_KEY"),
    /** Anthropic's messages. */
    ANTHROPIC("https://api.anthropic.com/v1", "ANTHROPIC_API_KEY"),
    /** Google's Gemini. */
    GEMINI("https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY"),
    /** Ollama's own interface. */
    OLLAMA("http://localhost:11434", "");

    private final String baseUrl;
    private final String variable;

    Provider(String baseUrl, String variable) {
        this.baseUrl = baseUrl;
        this.variable = variable;
    }

    /** The address of the provider itself. */
    String baseUrl() {
        return baseUrl;
    }

    /** The environment variable with the key of the provider itself; empty if there is none. */
    String variable() {
        return variable;
    }
}
