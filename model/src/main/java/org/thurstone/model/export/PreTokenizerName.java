package org.thurstone.model.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.thurstone.data.UserError;
import org.thurstone.model.files.PreTokenizer;
import org.thurstone.model.text.Splitting;
import tools.jackson.databind.JsonNode;

/**
 * The name, {@code tokenizer.ggml.pre}, of what the pre-tokenizer of a tokenizer.json does. It is found by what it does to texts: the same expression is
 * written in many ways, and files of many models have the same one.
 */
final class PreTokenizerName {

    /** Names that are given before others that mean the same. */
    private static final List<String> PREFERRED = List.of(
            "gpt-2",
            "smollm",
            "qwen2",
            "llama-bpe",
            "dbrx",
            "tekken",
            "gpt-4o",
            "deepseek-v3",
            "deepseek-coder",
            "falcon",
            "bloom",
            "bailingmoe");

    /** Texts on which pre-tokenizers that differ anywhere in what models use differ. */
    private static final List<String> TEXTS = List.of(
            "Hello, world! It's 2024 and I'll pay $12,345.67 (or €9.99) -- they're   not   the same...",
            "IT'S they'RE We'Ve I'M you'LL he'D 'tis 'Twas rock'n'roll o'clock dOn'T l'été d'Artagnan",
            "1 12 123 1234 12345 123456 1234567 12345678 a1 a12 a123 1a 12b 3.14159 1,000,000 10:30 ½ ² ٣٤٥ 一二三 Ⅷ",
            "   three leading, trailing   ",
            "tabs\tand\t\ttwo, \t mixed \t\t end\t",
            "line\nbreak\n\ntwo\n\n\nthree\r\nwindows\r\n\r\nand\rmac\n \n  \n   indented\n\tx",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "  ",
            "   ",
            "\t",
            " \n",
            "\n ",
            " \n \n ",
            "a\n",
            "a \n b",
            "a  \n  b",
            "a\u00A0b\u3000c\u2003d",
            "!!! ??? ... ;;; --- ___ ~~~ *** ### @@@ %%% ^^^ &&& ((( ))) [[[ ]]] {{{ }}} <<< >>> ||| \\\\\\ /// ``` \"\"\" '''",
            "!a ?b .c ,d ;e :f -g _h ~i *j #k @l %m ^n &o (p )q [r ]s {t }u <v >w |x \\y /z `A \"B 'C $D +E =F",
            "a! b? c. d, e; f: g- h_ i~ j* k# l@ m% n^ o& p( q) r[ s] t{ u} v< w> x| y\\ z/ A` B\" C' D$ E+ F=",
            "! a ? b . c , d ; e : f - g _ h $ i + j = k < l > m ^ n ~ o | p ` q",
            "end.\nnext!\n\nmore?\r\n  (x)\n/path/to/file\n//\n comment /\n./a/b/../c\n",
            "camelCase PascalCase XMLHttpRequest snake_case SCREAMING_CASE kebab-case iPhone eBay McDonald ABCdef abcDEF AbC aBc",
            "naïve café Ångström ÀÉÎÕÜ straße ŒUVRE ǅ ʰ ª º ﬁ",
            "e\u0301 n\u0303 a\u030A\u0323 x\u0338 \u0301lone",
            "Привет, мир! ЁЖ 123 Ελληνικά ΑΒΓ αβγ Հայերեն ქართული",
            "שלום עולם 123 مرحبا بالعالم، كيف؟ ۔ हिन्दी में पाठ। বাংলা ไทยไม่มีช่องว่าง ភាសាខ្មែរ ພາສາລາວ မြန်မာ",
            "中文没有空格，标点符号。日本語のテキスト、カタカナ「引用」です！한국어 텍스트 12개 ㄱㄴㄷ ㄅㄆㄇ 漢字kanjiかなkana",
            "你好world你好 123你好 ，。！？；：“”‘’（）【】《》—…～",
            "😀😃 👍🏽 👨‍👩‍👧‍👦 🇩🇪 ❤️ ☃ ★ → ∑ √ © ® ™ ° ± × ÷ ¿ ¡ § ¶ • … – —",
            "$x + $y = $z; a<b>c; a<=b; a>=b; a^b; a~b; a|b; a`b`; 1+1=2; x=-1; €5 £5 ¥5 ₿1 a=b c>d $e +f ^g ~h",
            "for (int i = 0; i < n; i++) {\n    a[i] += b[i] * 2;  // comment\n}\n",
            "def f(x):\n\treturn x ** 2\n\n\nclass A:\n    pass\n",
            "https://example.org/a?b=c&d=e#f user@example.com C:\\Windows\\System32 ~/.bashrc",
            "<|im_start|>user\nhi<|im_end|>\n<s>[INST] x [/INST] <sentinel:12> IMGIMGABZ",
            "a ' s b ' t it 's it' s ''s 's's 'll've 'x 'S 'LL 'ſ",
            "A a AA aa Aa aA AAA aaa 中A 中a A中 a中 éA Éa \u01C5a a\u02B0B",
            "\u200B\u200Dzero\uFEFFwidth \u0000nul \u007Fdel \u0085nel \u2028ls \u2029ps \u000Bvt \u000Cff \u001Cfs",
            "a" + " ".repeat(3) + "b" + " ".repeat(5) + "c" + " ".repeat(9) + "d" + " ".repeat(17) + "e"
                    + " ".repeat(40),
            " ".repeat(70) + "\n" + " ".repeat(130) + "x");

    private PreTokenizerName() {}

    /**
     * The name of a pre-tokenizer.
     *
     * @param tokenizer a tokenizer.json
     * @param where it is, for messages
     * @throws UserError if no name means what it does
     */
    static String of(JsonNode tokenizer, String where) {
        boolean whole = tokenizer.path("model").path("ignore_merges").asBoolean(false);
        List<List<Integer>> pieces = Splitting.pieces(tokenizer.path("pre_tokenizer"), TEXTS);
        Map<List<String>, Integer> agreeing = new LinkedHashMap<>();
        String nearest = "";
        int best = -1;
        for (Map.Entry<String, PreTokenizer> known : candidates().entrySet()) {
            PreTokenizer other = known.getValue();
            if (other.wholeWords() != whole || other.form() != PreTokenizer.Form.BYTES) {
                continue;
            }
            // A model's own file has the expression that llama.cpp may depart from; one that was made of a GGUF file
            // has llama.cpp's.
            int same = Math.max(
                    agreeing.computeIfAbsent(
                            other.original(), s -> agreement(pieces, Splitting.pieces(other.originalJson(), TEXTS))),
                    agreeing.computeIfAbsent(
                            other.splits(), s -> agreement(pieces, Splitting.pieces(other.json(), TEXTS))));
            if (same == TEXTS.size()) {
                return known.getKey();
            }
            if (same > best) {
                best = same;
                nearest = known.getKey();
            }
        }
        throw new UserError(
                where + ": its pre-tokenizer splits texts as none of the names that tokenizer.ggml.pre can have"
                        + " (the nearest, " + nearest + ", does the same to " + best + " of " + TEXTS.size()
                        + " texts), so a GGUF file cannot say it; name one with --pre, if you know that it is right: "
                        + PreTokenizer.names());
    }

    private static int agreement(List<List<Integer>> pieces, List<List<Integer>> others) {
        int same = 0;
        for (int k = 0; k < pieces.size(); k++) {
            same += pieces.get(k).equals(others.get(k)) ? 1 : 0;
        }
        return same;
    }

    private static SequencedMap<String, PreTokenizer> candidates() {
        SequencedMap<String, PreTokenizer> known = PreTokenizer.known();
        SequencedMap<String, PreTokenizer> ordered = new LinkedHashMap<>();
        for (String name : new ArrayList<>(PREFERRED)) {
            ordered.put(name, known.get(name));
        }
        known.forEach(ordered::putIfAbsent);
        return ordered;
    }
}
