package org.thurstone.lab.book;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.thurstone.lab.Findings;

/**
 * All numbers of a replication's findings as a short hash: two are equal where every figure of every table and plot, and the outcome of every
 * check, is equal to the last bit. Words do not count.
 *
 * <p>The smoke version of a replication runs the same code as the full one in seconds. Where it gives the same figures before and after a change
 * of code, the change is taken to leave the full version's figures as they are. Different figures prove nothing: times never repeat, and another
 * processor may round otherwise.
 */
final class SmokeFigures {

    private SmokeFigures() {}

    /** Twelve hexadecimal digits. */
    static String of(Findings findings) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            numbers(findings)
                    .forEach(x -> hash.update(ByteBuffer.allocate(Double.BYTES)
                            .putLong(Double.doubleToLongBits(x))
                            .flip()));
            return HexFormat.of().formatHex(hash.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static DoubleStream numbers(Findings findings) {
        DoubleStream tables = findings.figures().stream()
                .flatMap(f -> f.rows().stream())
                .flatMap(r -> r.values().stream())
                .flatMapToDouble(v -> DoubleStream.of(v.mean(), v.low(), v.high(), v.seeds()));
        DoubleStream plots = findings.plots().stream()
                .flatMap(p -> p.series().stream())
                .flatMap(s -> s.points().stream())
                .flatMapToDouble(p -> DoubleStream.of(p.x(), p.y(), p.low(), p.high()));
        DoubleStream checks = findings.checks().stream().mapToDouble(c -> c.holds() ? 1 : 0);
        return Stream.of(tables, plots, checks).flatMapToDouble(s -> s);
    }
}
