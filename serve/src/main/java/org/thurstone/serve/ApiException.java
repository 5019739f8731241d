package org.thurstone.serve;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that is not answered, and what its client is told, in the form of OpenAI's API. */
final class ApiException extends RuntimeException {

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    /**
     * @param param the field that is wrong; empty if it is none
     * @param code a word for programs; empty for none
     */
    ApiException(int status, String type, String param, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    /** Something in the request is wrong. */
    static ApiException bad(String param, String message) {
        return bad(param, "invalid_value", message);
    }

    static ApiException bad(String param, String code, String message) {
        return new ApiException(400, "invalid_request_error", param, code, message);
    }

    /** A field that the server does not know, or cannot do. */
    static ApiException unsupported(String param, String why) {
        return bad(param, "unsupported_parameter", why);
    }

    static ApiException closing() {
        return new ApiException(503, "server_error", "", "shutting_down", "the server is shutting down");
    }

    /** A fault of the server or the model. */
    static ApiException failed(Throwable reason) {
        return new ApiException(
                500,
                "server_error",
                "",
                "internal_error",
                "the answer could not be computed: " + reason.getClass().getSimpleName() + ": " + reason.getMessage());
    }

    int status() {
        return status;
    }

    /** {@code {"error": {"message", "type", "param", "code"}}}. */
    ObjectNode json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        // A value that is quoted may have been cut within a character.
        String message =
                new String(String.valueOf(getMessage()).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        error.put("message", message);
        error.put("type", type);
        error.put("param", param.isEmpty() ? null : param);
        error.put("code", code.isEmpty() ? null : code);
        return body;
    }
}
