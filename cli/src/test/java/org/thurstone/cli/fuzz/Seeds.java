package org.thurstone.cli.fuzz;

import java.util.List;
import java.util.Map;

/** Texts that the readers take. */
final class Seeds {

    private Seeds() {}

    /** Files of JSON lines, a format each. */
    static final List<String> ROWS = List.of("""
            {"prompt": "p", "chosen": "a", "rejected": "b", "weight": 0.5, "margin": 1.5}
            {"prompt": "q", "chosen": "c", "rejected": "d", "weight": 2, "margin": null}
            """, """
            {"prompt": [{"role": "user", "content": "p"}], "chosen": [{"role": "assistant", "content": "a"}], "rejected": [{"role": "assistant", "content": "b"}], "tools": [{"type": "function"}]}
            """, """
            {"chosen": "\\n\\nHuman: a\\n\\nAssistant: b", "rejected": "\\n\\nHuman: a\\n\\nAssistant: c"}
            """, """
            {"prompt": "p", "completion": "a", "label": true}
            {"prompt": "p", "completion": "b", "label": "bad"}
            """, """
            {"instruction": "i", "completions": [{"response": "a", "overall_score": 3.5}, {"response": "b", "overall_score": 9}]}
            """, """
            {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}], "system": "s"}
            """, """
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}, {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]}]}
            """, """
            {"kind": "comparison", "prompt": {"id": "p", "text": "?"}, "left": "yes", "right": "no", "preference": {"probability": 0.75}, "annotator": "a", "weight": 2}
            {"kind": "ranking", "prompt": {"id": "p", "text": "?"}, "completions": ["a", "b"], "places": [1, 2]}
            {"kind": "rating", "prompt": {"id": "p", "text": "?"}, "completion": "a", "value": 3}
            {"kind": "demonstration", "prompt": {"id": "p", "text": "?"}, "completion": {"item-list": {"items": [{"id": "a"}]}}}
            """, """
            {"prompt": "p", "responses": ["a", "b"], "scores": [1, 2], "ranking": [2, 1]}
            {"instruction": "i", "input": "x", "output": "y", "history": [["a", "b"]]}
            """);

    static final String LLAMA = """
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 32, "hidden_size": 16,
             "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
             "max_position_embeddings": 32, "rms_norm_eps": 1e-5, "tie_word_embeddings": true, "rope_theta": 10000.0,
             "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
             "original_max_position_embeddings": 16}, "hidden_act": "silu", "attention_bias": false}
            """;

    static final String RECIPE = """
            task:
              prompts: {train: prompts.jsonl, held-out: more.jsonl}
            model: dir
            judge: {sentence-reward: {positive: a.gz, negative: b.gz}}
            annotator: {simulated-human: {}}
            loss: {dpo: {beta: 0.1}}
            iterations: 2
            prompts: 50
            samples: 4
            labels: {total: 100}
            training: {epochs: 3, batch-size: 16, learning-rate: 5e-6}
            seed: 7
            """;

    static final List<String> TEMPLATES = List.of(
            "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>\\n' + message.content | trim + eos_token }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
            "{%- set ns = namespace(a=0, s='') -%}{%- for m in messages[::-1] if m.role != 'system' -%}{%- set ns.a = ns.a + loop.index0 -%}"
                    + "{%- set ns.s = ns.s ~ m.content[:2] ~ loop.last -%}{%- else -%}none{%- endfor -%}{{ ns.s | upper | replace('A', 'b') | indent(2) }}{{ ns.a }}",
            "{% macro render(x, depth=0) %}{% if x is mapping %}{% for k, v in x|dictsort %}{{ k }}: {{ render(v, depth + 1) }}{% endfor %}"
                    + "{% elif x is string %}{{ x|tojson(indent=2) }}{% else %}{{ x }}{% endif %}{% endmacro %}{{ render(tools[0]) }}{{ tools | map(attribute='function.name') | join(', ') }}",
            "{% generation %}{{ messages[-1].content.split('</think>')[-1].strip('\\n') }}{% endgeneration %}{{ '%s' % 1 if false else [1, 2.5, none, true] }}"
                    + "{{ range(3)|list|sum }}{{ {'a': 1}.items()|list }}{% raw %}{{ x }}{% endraw %}{# comment #}{{ 7 // 2 ** 3 % 2 }}",
            "{% if tools is defined and tools is not none %}{{ tools|tojson }}{% endif %}{{ raise_exception('no') if messages|length > 5 }}"
                    + "{% set x %}block{% endset %}{% call render() %}y{% endcall %}{% filter upper %}z{% endfilter %}{{ x|first }}{{ 'a' in x and x is not in ['b'] }}");

    static final Map<String, Object> CONVERSATION = Map.of(
            "messages",
            List.of(
                    Map.of("role", "system", "content", "Be brief."),
                    Map.of("role", "user", "content", "What is 2 + 2?\n"),
                    Map.of(
                            "role",
                            "assistant",
                            "content",
                            "<think>easy</think> 4",
                            "tool_calls",
                            List.of(Map.of("function", Map.of("name", "add", "arguments", Map.of("a", 2, "b", 2.5)))))),
            "tools",
            List.of(Map.of(
                    "type", "function", "function", Map.of("name", "add", "parameters", Map.of("type", "object")))),
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "add_generation_prompt",
            true);
}
