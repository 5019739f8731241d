package org.thurstone.loop.run;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The random seeds of a run. Each stage has its own stream, derived from the run's seed and the stage's name: stages are independent, and a resumed run draws what the uninterrupted one would have drawn.
 */
public record Seeds(long seed) {

    private static final RandomGeneratorFactory<SplittableGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    public SplittableGenerator of(String stage) {
        return FACTORY.create(mix(stage));
    }

    /** A number for what takes a seed and not a generator. */
    public long number(String stage) {
        return mix(stage);
    }

    /** FNV-1a over the name, then a 64-bit finaliser, so that near names and seeds give far streams. */
    private long mix(String stage) {
        long hash = 0xcbf29ce484222325L ^ seed;
        for (byte b : stage.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
