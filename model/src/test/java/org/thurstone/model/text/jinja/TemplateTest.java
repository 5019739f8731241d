package org.thurstone.model.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected is what Python's Jinja gives, with blocks trimmed as transformers sets it up. */
class TemplateTest {

    private static String render(String source, Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Template.parse(source).render(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '§',
            value = {
                "1 + 2 * 3 ** 2 - 7 // 2 → 16",
                "7 % 3 + -1 → 0",
                "7 / 2 → 3.5",
                "'a' ~ 1 ~ none ~ true → a1NoneTrue",
                "1 < 2 <= 2 and not 3 == 4 → True",
                "'b' in 'abc' and 'k' in {'k': 1} and 2 not in [1, 3] → True",
                "none or '' or 'x' → x",
                "'yes' if 1 > 2 else 'no' → no",
                "'yes' if 1 > 2 → ''",
                "[1, 'a', none, 1.5, true, {'k': 'v'}] → [1, 'a', None, 1.5, True, {'k': 'v'}]",
                "'abcdef'[1:3] ~ 'abcdef'[-2:] ~ 'abc'[::-1] ~ 'abc'[0] → bcefcbaa",
                "[1, 2, 3][1:] → [2, 3]",
                "[1, 2, 3][-1] → 3",
                "'🎉é'[1] ~ '🎉é'|length → é2",
                "'  x '.strip() ~ '|' ~ '--x-'.strip('-') ~ '|' ~ ' x '.rstrip() → x|x| x",
                "'a,b,c'.split(',')[-1] ~ 'a b  c'.split()|length ~ 'a,b,c'.split(',', 1)[1] → c3b,c",
                "'x</t>y'.split('</t>')|last → y",
                "'Hello'.startswith('He') and 'Hello'.endswith(('x', 'lo')) → True",
                "'a-b'.replace('-', '+').upper() ~ 'AB'.lower() ~ 'a bc'.title() → A+BabA Bc",
                "['a', 'b']|join(', ') ~ [3, 1, 2]|sort|join → a, b123",
                "' x '|trim ~ 'abc'|length ~ [1]|first ~ [1, 2]|last → x312",
                "missing|default('d') ~ ''|default('e', true) ~ none|default('n') → deNone",
                "missing is defined or missing is not none and 'a' is string → True",
                "{} is mapping and [] is iterable and 3 is number and 4 is divisibleby 2 → True",
                "3 is odd and 4 is even and 3 is eq 3 and 'a' is in ['a'] → True",
                "[1, 2] == [1, 2] and 1 == 1.0 and 'a' != 'b' → True",
                "{'b': 1, 'a': 2}|dictsort|map('first')|join → ab",
                "{'b': 1}.items()|list|length ~ {'b': 1}.get('c', 'z') ~ {'b': 1}.keys()|first → 1zb",
                "range(3)|list ~ range(1, 6, 2)|list → [0, 1, 2][1, 3, 5]",
                "'3'|int + 1 → 4",
                "'x'|int(7) ~ 3.9|int → 73",
                "1e20 ~ ' ' ~ 0.00001 ~ ' ' ~ 1.0 ~ ' ' ~ 123.25 → 1e+20 1e-05 1.0 123.25",
                "'a' 'b' → ab",
            })
    void expressionsGiveWhatPythonGives(String expression, String expected) {
        assertThat(render("{{ " + expression + " }}")).isEqualTo("''".equals(expected) ? "" : expected);
    }

    @Test
    void escapesInLiteralsAreWhatTheyStandFor() {
        assertThat(render("{{ 'line\\nbreak\\t\\u00e9 \\'q\\' \\\\ \\d' }}")).isEqualTo("line\nbreak\té 'q' \\ \\d");
        assertThat(render("{{ [\"it's\", 'a\"b', 'n\\n'] }}")).isEqualTo("[\"it's\", 'a\"b', 'n\\n']");
    }

    @Test
    void blocksAreTrimmedAsTransformersDoes() {
        assertThat(render("a\n  {% if true %}\n  b\n  {% endif %}\nc\n")).isEqualTo("a\n  b\nc");
        assertThat(render("a {% if true %} b {% endif %} c")).isEqualTo("a  b  c");
        assertThat(render("a\n  {{ 1 }}\n  b")).isEqualTo("a\n  1\n  b");
        assertThat(render("a \n {{- 1 -}} \n b")).isEqualTo("a1b");
        assertThat(render("a \n {%- if true -%} \n b \n {%- endif -%} \n c")).isEqualTo("abc");
        assertThat(render("a\n  {%+ if true +%}\nb{% endif %}")).isEqualTo("a\n  \nb");
        assertThat(render("a\n  {# note #}\nb {#- x -#}  c")).isEqualTo("a\nbc");
        assertThat(render("a\r\nb\n\n")).isEqualTo("a\nb\n");
        assertThat(render("{% raw %}{{ x }} {% if %}{% endraw %}!")).isEqualTo("{{ x }} {% if %}!");
    }

    @Test
    void loopsKnowWhereTheyAre() {
        assertThat(render(
                        "{% for x in xs %}{{ loop.index0 }}{{ loop.index }}{{ loop.first }}{{ loop.last }}"
                                + "{{ loop.previtem }}{{ loop.nextitem }}{{ loop.length }};{% endfor %}",
                        "xs", List.of("a", "b")))
                .isEqualTo("01TrueFalseb2;12FalseTruea2;");
        assertThat(render("{% for x in [] %}x{% else %}none{% endfor %}")).isEqualTo("none");
        assertThat(render("{% for k, v in {'a': 1, 'b': 2}.items() if v > 1 %}{{ k }}{{ loop.first }}{% endfor %}"))
                .isEqualTo("bTrue");
        assertThat(render("{% for x in range(9) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}"
                        + "{% endif %}{{ x }}{% endfor %}"))
                .isEqualTo("023");
    }

    @Test
    void loopVariablesAreLocalExceptInNamespaces() {
        assertThat(render("{% set x = 1 %}{% for i in [1, 2] %}{% set x = 5 %}{% endfor %}{{ x }}"))
                .isEqualTo("1");
        assertThat(
                        render(
                                "{% set ns = namespace(x=1) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}"))
                .isEqualTo("4");
        assertThat(render("{% if true %}{% set x = 2 %}{% endif %}{{ x }}")).isEqualTo("2");
        assertThat(render("{% set a, b = 1, 'z' %}{% set t %}<{{ a }}>{% endset %}{{ t }}{{ b }}"))
                .isEqualTo("<1>z");
    }

    @Test
    void macrosTakeArgumentsWithDefaults() {
        assertThat(render("{% macro m(a, b='x', c=a) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, c=2) }}"))
                .isEqualTo("[1x1][1x2]");
        assertThat(render("{% macro wrap(t) %}<{{ t }}>{{ caller() }}</{{ t }}>{% endmacro %}"
                        + "{% call wrap('b') %}hi{% endcall %}"))
                .isEqualTo("<b>hi</b>");
        assertThat(
                        render(
                                "{% macro down(n) %}{{ n }}{% if n > 0 %}{{ down(n - 1) }}{% endif %}{% endmacro %}{{ down(3) }}"))
                .isEqualTo("3210");
    }

    @Test
    void listsAreChosenFromByAttribute() {
        List<Map<String, Object>> turns = List.of(
                Map.of("role", "user", "content", "a"),
                Map.of("role", "assistant", "content", "b"),
                Map.of("role", "user", "content", "c", "meta", Map.of("k", 7)));
        assertThat(render(
                        "{{ ts|selectattr('role', 'equalto', 'user')|map(attribute='content')|join('-') }}"
                                + "{{ ts|rejectattr('role', 'eq', 'user')|list|length }}"
                                + "{{ ts|selectattr('meta', 'defined')|map(attribute='meta.k')|first }}"
                                + "{{ ts|map(attribute='role')|map('upper')|unique|join(',') }}",
                        "ts",
                        turns))
                .isEqualTo("a-c17USER,ASSISTANT");
    }

    @Test
    void jsonIsInPythonsBytes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, 2.0, "é\"\n"));
        map.put("a", Map.of());
        assertThat(render("{{ m|tojson }}", "m", map)).isEqualTo("{\"b\": [1, 2.0, \"é\\\"\\n\"], \"a\": {}}");
        assertThat(render("{{ m|tojson(indent=2) }}", "m", map))
                .isEqualTo("{\n  \"b\": [\n    1,\n    2.0,\n    \"é\\\"\\n\"\n  ],\n  \"a\": {}\n}");
        assertThat(render("{{ m|tojson(sort_keys=true, separators=(',', ':')) }}", "m", map))
                .isEqualTo("{\"a\":{},\"b\":[1,2.0,\"é\\\"\\n\"]}");
    }

    @Test
    void renderedTextIsNotEvaluatedAgain() {
        assertThat(render("{{ x }}{% set y = x ~ '{{ 1 }}' %}{{ y }}", "x", "{{ 7 * 7 }}{% raise %}"))
                .isEqualTo("{{ 7 * 7 }}{% raise %}{{ 7 * 7 }}{% raise %}{{ 1 }}");
    }

    @Test
    void generationBlocksAreRenderedInPlace() {
        assertThat(render("{% generation %}a{{ 1 }}{% endgeneration %}b")).isEqualTo("a1b");
    }

    @Test
    void exceptionsOfTemplatesKeepTheirMessages() {
        assertThatThrownBy(() -> render("\n{{ raise_exception('roles must ' ~ 'alternate') }}"))
                .isInstanceOf(JinjaException.class)
                .hasMessage("roles must alternate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '§',
            value = {
                "{{ missing.x }} → line 2: \"missing\" is undefined",
                "{{ missing() }} → line 2: \"missing\" is undefined",
                "{{ 'a' + 1 }} → line 2: 'a' + 1 does not work out",
                "{{ 1 // 0 }} → line 2: division by zero",
                "{{ 3|nonsense }} → line 2: there is no filter \"nonsense\" in chat templates",
                "{{ 3 is nonsense }} → line 2: there is no test \"nonsense\" in chat templates",
                "{{ 'a'.nonsense() }} → line 2: texts have no method \"nonsense\" in chat templates",
                "{% include 'x' %} → line 2: there is no block \"include\" in chat templates",
                "{% if true %}a → line 2: a block has no end: ",
                "{{ (1 } → line 2: ",
                "{{ 1 → line 2: a tag has no end }}",
                "{# a → line 2: a comment {# has no end #}",
                "{% for x in 3 %}{% endfor %} → line 2: 3 cannot be iterated over",
                "{% endif %} → line 2: there is no block \"endif\"",
                "{% set x.y = 1 %} → line 2: \"x.y\" cannot be set",
                "{{ range(1, 9, 0) }} → line 2: range() needs a step other than 0",
            })
    void failingExpressionIsNamedWithItsLine(String source, String message) {
        assertThatThrownBy(() -> render("\n" + source))
                .isInstanceOf(JinjaException.class)
                .hasMessageStartingWith(message);
    }

    /** Each would take hours, or more memory than there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
                "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% set ns = namespace(s='aa') %}{% for a in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='aa') %}{% for a in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s|tojson }}",
                "{% set ns = namespace(s=[1], t=[1]) %}{% for a in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
                "{% set ns = namespace(s=[1], t=[1]) %}{% for a in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s < ns.t }}",
                "{% set ns = namespace(s={'k': 1}, t={'k': 1}) %}{% for a in range(90) %}{% set ns.s = {'k': ns.s, 'l': ns.s} %}{% set ns.t = {'k': ns.t, 'l': ns.t} %}{% endfor %}{{ ns.s == ns.t }}",
                "{% set ns = namespace() %}{% set ns.self = ns %}{{ ns }}",
                "{{ 'a' * 9999999999 }}",
                "{{ ('a' * 1000000) * 1000000 }}",
                "{{ 9999999999 * 'ab' }}",
                "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
                "{{ ('a' * 100000)|replace('', 'b' * 100000) }}",
                "{{ ('a' * 100000)|replace('a', 'b' * 100000, 99999) }}",
                "{{ ('a\n' * 100000)|indent(100000) }}",
                "{{ 'a\nb'|indent(9999999999) }}",
                "{{ ('b' * 100000).join('a' * 100000) }}",
                "{{ ('a' * 100000)|list|join('b' * 100000) }}",
                "{% for a in range(1000000) %}{{ 'a' * 1000 }}{% endfor %}",
                "{% set s = 'a' * 10000000 %}{% for a in range(100000) %}{% if 'b' in s %}{% endif %}{% endfor %}",
                "{% set s = 'a' * 10000000 %}{% for a in range(100000) %}{% if s == s ~ '' %}{% endif %}{% endfor %}",
                "{% set s = 'a' * 1000000 %}{{ s.find('a' * 500000 ~ 'b') }}",
                "{% set s = 'a' * 1000000 %}{{ (s ~ 'b').split('a' * 500000 ~ 'b', 1000000)|length }}",
                "{% set l = range(1000000)|list %}{% for a in range(1000000) %}{% if -1 in l %}{% endif %}{% endfor %}",
                "{% set l = range(1000000)|list %}{{ l|unique|length }}",
                "{% set s = 'a' * 10000000 %}{% for a in range(100000) %}{{ s[::2]|length }}{% endfor %}",
                "{% set s = 'a' * 10000000 %}{% for a in range(100000) %}{{ s|length }}{% endfor %}",
                "{% set s = 'a,' * 10000000 %}{{ s.rsplit(',', 99999999)|length }}{{ s.rsplit(',', 99999999)|length }}",
                "{{ range(1000000000)|length }}",
                "{{ ('a' * 8000000)|escape|escape|escape|length }}{{ ('<' * 8000000)|escape|escape|escape|length }}",
                "{% set ns = namespace(s=[]) %}{% for a in range(900) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
            })
    void templatesThatTakeTooMuchAreStopped(String source) {
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(JinjaException.class)
                .message()
                .containsPattern(
                        "takes more than [\\d,]+ steps|makes more than [\\d,]+ characters|levels deep|a million");
    }

    @Test
    void limitsGrowWithTheConversation() {
        String source = "{% for m in messages %}{% for c in m.content %}{{ c }}{% endfor %}{% endfor %}";
        String text = "word ".repeat(200_000);
        assertThat(render(source, "messages", List.of(Map.of("content", text)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '§',
            value = {
                "{{ 99999999999999999999 }} → line 1: the whole number 99999999999999999999 is too large",
                "{{ a.99999999999999999999 }} → line 1: the whole number 99999999999999999999 is too large",
                "{{ '\\xZZ' }} → line 1: in a text, \\x needs the 2 hexadecimal digits of a character, not \"ZZ\"",
                "{{ '\\u12' }} → line 1: in a text, \\u needs the 4 hexadecimal digits of a character, not \"12\"",
                "{{ '\\U99999999' }} → line 1: in a text, \\U needs the 8 hexadecimal digits of a character, not \"99999999\"",
                "{{ 4 is divisibleby(0) }} → line 1: division by zero",
                "{{ 1 // 0 }} → line 1: division by zero",
                "{{ 'a'.split('') }} → line 1: split() needs a separator that is not empty",
                "{{ {[1]: 2} }} → line 1: a list or a map cannot be the key of a map",
                "{{ [] in {} }} → line 1: a list or a map cannot be the key of a map",
                "{% raw %}{{ → line 1: a block has no end: endraw is missing",
            })
    void whatCannotBeIsSaid(String source, String message) {
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(JinjaException.class)
                .hasMessage(message);
    }

    @Test
    void nestingBeyondAnyTemplatesIsRefused() {
        for (String source : List.of(
                "{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}",
                "{{ " + "[".repeat(20_000) + "]".repeat(20_000) + " }}",
                "{{ " + "not ".repeat(20_000) + "1 }}",
                "{{ " + "-".repeat(20_000) + "1 }}",
                "{{ " + "1 + ".repeat(20_000) + "1 }}",
                "{{ a" + ".a".repeat(20_000) + " }}",
                "{{ a" + "|string".repeat(20_000) + " }}",
                "{{ a" + " if 1 else a".repeat(20_000) + " }}",
                "{% if a %}".repeat(20_000),
                "{% if a %}" + "{% elif a %}".repeat(20_000) + "{% endif %}",
                "{% for a in b %}".repeat(20_000))) {
            assertThatThrownBy(() -> render(source, "a", "x"))
                    .as(source.substring(0, 20))
                    .isInstanceOf(JinjaException.class)
                    .message()
                    .hasSizeLessThan(1_100)
                    .containsPattern("levels deep");
        }
        assertThatThrownBy(() -> render("a".repeat(1_000_001)))
                .hasMessage("the template has 1,000,001 characters; at most 1,000,000 are read");
    }

    @Test
    void aNamespaceEqualsItselfOnly() {
        String doubled = "{% set a = namespace(s=[1]) %}{% set b = namespace(s=[1]) %}{% for i in range(90) %}"
                + "{% set a.s = [a.s, a.s] %}{% set b.s = [b.s, b.s] %}{% endfor %}{% set a.self = a %}{% set b.self = b %}";
        assertThat(render(doubled + "{{ a == a }} {{ a == b }} {{ a is sameas b }} {{ a in [b, a] }}"))
                .isEqualTo("True False False True");
    }

    @Test
    void pythonsSplittingAndRepeatingIsKept() {
        assertThat(render("{{ 'a b c'.split(' ', 9999999999) }}")).isEqualTo("['a', 'b', 'c']");
        assertThat(render("{{ 'a\nb'|indent(-1) }}|{{ 'ab' * -1 }}|{{ 'ab' * 2 }}"))
                .isEqualTo("a\nb||abab");
        assertThat(render("{{ 'a,b,c'.rsplit(',', 1) }}{{ 'abc'.rsplit(',', 1) }}{{ ',a'.rsplit(',', 5) }}"))
                .isEqualTo("['a,b', 'c']['abc']['', 'a']");
        assertThat(render("{{ 'aXbXc'.replace('X', '-', 1) }}{{ 'ab'.replace('', '-') }}{{ 'aa'.count('a') }}"))
                .isEqualTo("a-bXc-a-b-2");
        assertThat(render("{{ 'a-b-c'.rpartition('-') }}{{ 'abc'.rpartition('-') }}{{ 'abc'.partition('-') }}"))
                .isEqualTo("['a-b', '-', 'c']['', '', 'abc']['abc', '', '']");
        assertThat(render("{{ [3, [1]].index([1]) }}")).isEqualTo("1");
    }

    @Test
    void emptyTemplatesAreEmpty() {
        assertThat(render("")).isEmpty();
        assertThat(render("\n")).isEmpty();
    }
}
