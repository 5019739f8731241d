package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SvgFileTest {

    private static Lines lines(String title, int series) {
        return new Lines(
                title,
                "",
                Axis.of("x"),
                Axis.of("y"),
                IntStream.range(0, series)
                        .mapToObj(
                                s -> Series.of("a <long> & \"odd\" name " + s, List.of(Point.of(0, s), Point.of(1, 2))))
                        .toList());
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void chartsStandUnderEachOtherWithTheirLegends() throws Exception {
        Document svg = parsed(SvgFile.of(List.of(lines("One <1>", 9), lines("Two", 1))));
        assertThat(svg.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(svg.getDocumentElement().getTextContent()).contains("One <1>", "Two", "a <long> & \"odd\" name 8");
        int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
        assertThat(height).isGreaterThan(2 * LineChart.HEIGHT);
    }

    @Test
    void pageMakesNoExternalRequests() {
        String svg = SvgFile.of(List.of(lines("One", 2)));
        assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "<script", "url(", "@import");
        assertThat(svg).isEqualTo(SvgFile.of(List.of(lines("One", 2))));
    }

    @Test
    void withoutDataOnlyTheTitleIsShown() throws Exception {
        assertThat(parsed(SvgFile.of(List.of(new Lines("Empty", "", Axis.of("x"), Axis.of("y"), List.of()))))
                        .getElementsByTagName("svg")
                        .getLength())
                .isEqualTo(1);
        assertThat(parsed(SvgFile.of(List.of())).getDocumentElement().getTagName())
                .isEqualTo("svg");
    }
}
