package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LossPlotCommandTest {

    @TempDir
    private Path dir;

    private static JsonNode json(String... args) {
        String[] all = new String[args.length + 4];
        System.arraycopy(args, 0, all, 4, args.length);
        all[0] = "loss";
        all[1] = "plot";
        all[2] = "--format";
        all[3] = "json";
        Shell shell = Shell.run(all);
        assertThat(shell.code()).as(shell.err()).isZero();
        return JsonMapper.shared().readTree(shell.out());
    }

    @Test
    void curvesAreTheFormulas() {
        JsonNode document = json("dpo", "{ipo: 0.25}", "simpo", "--from", "-4", "--to", "8");
        JsonNode margin = document.get("margin");
        assertThat(margin.size()).isEqualTo(401);
        assertThat(margin.get(0).asDouble()).isEqualTo(-4);
        assertThat(margin.get(400).asDouble()).isEqualTo(8);
        for (int i = 0; i <= 400; i += 7) {
            double h = margin.get(i).asDouble();
            near(document, 0, "loss", i, Math.log1p(Math.exp(-0.1 * h)));
            near(document, 0, "gradient", i, -0.1 / (1 + Math.exp(0.1 * h)));
            near(document, 1, "loss", i, (h - 2) * (h - 2));
            near(document, 1, "gradient", i, 2 * (h - 2));
            near(document, 2, "loss", i, Math.log1p(Math.exp(-(2 * h - 1))));
            near(document, 2, "gradient", i, -2 / (1 + Math.exp(2 * h - 1)));
        }
    }

    private static void near(JsonNode document, int loss, String what, int i, double expected) {
        assertThat(document.get("losses").get(loss).get(what).get(i).asDouble())
                .as("%d %s %d", loss, what, i)
                .isCloseTo(expected, within(1e-9));
    }

    /** Published: a local minimum at h = −2.38 and a local maximum at 1.44, for β and τ 0.05. */
    @Test
    void discopopsBumpIsWhereItIsKnownToBe() {
        JsonNode document = json("discopop", "--from", "-4", "--to", "4");
        JsonNode gradient = document.get("losses").get(0).get("gradient");
        double up = 0;
        double down = 0;
        for (int i = 1; i <= 400; i++) {
            double before = gradient.get(i - 1).asDouble();
            double now = gradient.get(i).asDouble();
            double h = document.get("margin").get(i).asDouble();
            up = before < 0 && now >= 0 ? h : up;
            down = before > 0 && now <= 0 ? h : down;
        }
        assertThat(up).isCloseTo(-2.38, within(0.03));
        assertThat(down).isCloseTo(1.44, within(0.03));
    }

    @Test
    void termsOutsideTheMarginAreOmittedAndReported() {
        JsonNode document = json("{name: rpo, beta: 0.1, eta: 3}", "dpo");
        assertThat(document.get("losses").get(0).get("loss"))
                .isEqualTo(document.get("losses").get(1).get("loss"));
        assertThat(document.get("losses").get(0).get("left_out").toString()).isEqualTo("[\"nll\"]");
        assertThat(Shell.run("loss", "plot", "rpo").out())
                .contains("rpo is drawn without its nll, which is not a function of the margin");
    }

    @Test
    void relativeCurvesHaveTheSameSlopeInTheMiddle() {
        JsonNode document = json("dpo", "ipo", "{dpo: 3}", "--relative");
        for (JsonNode loss : document.get("losses")) {
            assertThat(loss.get("gradient").get(200).asDouble()).isCloseTo(-1, within(1e-12));
        }
    }

    @Test
    void drawingsAreSelfContained() throws Exception {
        for (String name : new String[] {"a.svg", "b.HTML"}) {
            Path file = dir.resolve(name);
            Shell shell = Shell.run(
                    "loss", "plot", "dpo", "{link: {hinge: 1}, beta: 0.1}", "ipo", "--output", file.toString());
            assertThat(shell.code()).as(shell.err()).isZero();
            assertThat(shell.out()).contains("at −10", "lowest at", "written: " + file);
            String text = Files.readString(file);
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http:", "https:", "<script", "@import", "url(");
            assertThat(text)
                    .contains("ipo", "{link: {hinge: 1}, beta: 0.1}", "margin Δ_w − Δ_l (nats)", "d loss / d margin");
        }
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var svg = builder.parse(
                new ByteArrayInputStream(Files.readString(dir.resolve("a.svg")).getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("svg").getLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kto | 1 | kto compares single rated completions: there is no pair, and so no margin to plot it"
                        + " against",
                "sft | 1 | sft compares demonstrations: there is no pair",
                "plackett-luce-dpo | 1 | plackett-luce-dpo compares ranked or scored lists of completions: there is no"
                        + " pair",
                "aot | 1 | aot looks at all pairs of a batch together: one margin on its own has no loss",
                "apo-zero | 1 | apo-zero is not a function of the margin: two pairs with the same margin cost different"
                        + " amounts",
                "orpo | 1 | orpo is not a function of the margin",
                "dop | 2 | --set loss=dop: loss: unknown loss \"dop\" (did you mean \"dpo\" or \"dpop\"?)",
                "{dpo: -1} | 2 | --set loss={dpo: -1}: loss: beta -1.0 is not a finite number above 0",
            })
    void lossesWithoutAMarginAreRefusedWithTheReason(String loss, int code, String message) {
        Shell shell = Shell.run("loss", "plot", "dpo", loss);
        assertThat(shell.code()).isEqualTo(code);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from | 3 | --to | 3 | --from 3.0 is not below --to 3.0",
                "--from | -Infinity | --to | 3 | --from -Infinity is not below --to 3.0, or one is not finite",
                "--output | a.png | --to | 3 | --output a.png has to end in one of: .html, .svg, .json",
            })
    void wrongUsageIsSaid(String option, String value, String other, String otherValue, String message) {
        Shell shell = Shell.run("loss", "plot", "dpo", option, value, other, otherValue);
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).startsWith(message);
    }
}
