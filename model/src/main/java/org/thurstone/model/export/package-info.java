/**
 * Models for other programs: GGUF files for llama.cpp and Ollama, with tokenizer, chat template, licence and the ends of answers, and what such a file cannot say
 * told to the user. {@link org.thurstone.model.export.GgufExport} writes them.
 */
@NullMarked
package org.thurstone.model.export;

import org.jspecify.annotations.NullMarked;
