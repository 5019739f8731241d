package org.thurstone.loop.content;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Content;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.content.ItemList;
import org.thurstone.data.content.TokenPath;

/** What a policy, one weight for each feature, proposes; and how good that is. */
interface Proposals {

    /** Whom or what the proposal is for. */
    Prompt prompt(long number);

    Content draw(double[] weights, RandomGenerator random);

    double logProb(double[] weights, Content content);

    /** What a utility, and a policy's preference, is linear in. */
    double[] features(Content content);

    /** The true weight of each feature. */
    double[] utilities();

    default double utility(Content content) {
        double[] features = features(content);
        return IntStream.range(0, features.length)
                .mapToDouble(i -> features[i] * utilities()[i])
                .sum();
    }

    /** Slates of two of four drinks, drawn one after the other without replacement (Plackett–Luce); the first place counts double. */
    record Slates() implements Proposals {
        private static final List<String> DRINKS = List.of("espresso", "filter", "mokka", "thé ☕");

        @Override
        public Prompt prompt(long number) {
            return new Prompt("user-" + number, Text.raw("user " + number));
        }

        @Override
        public Content draw(double[] weights, RandomGenerator random) {
            List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
            List<String> slate = new ArrayList<>();
            while (slate.size() < 2) {
                double draw = random.nextDouble()
                        * left.stream().mapToDouble(i -> Math.exp(weights[i])).sum();
                int place = 0;
                while (place < left.size() - 1 && (draw -= Math.exp(weights[left.get(place)])) > 0) {
                    place++;
                }
                slate.add(DRINKS.get(left.remove(place)));
            }
            return ItemList.of(slate.toArray(String[]::new));
        }

        @Override
        public double logProb(double[] weights, Content content) {
            List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
            double logProb = 0;
            for (String id : ((ItemList) content).ids()) {
                Integer item = DRINKS.indexOf(id);
                logProb += weights[item]
                        - Math.log(left.stream()
                                .mapToDouble(i -> Math.exp(weights[i]))
                                .sum());
                left.remove(item);
            }
            return logProb;
        }

        @Override
        public double[] features(Content content) {
            double[] features = new double[DRINKS.size()];
            List<String> ids = ((ItemList) content).ids();
            features[DRINKS.indexOf(ids.get(0))] += 2;
            features[DRINKS.indexOf(ids.get(1))] += 1;
            return features;
        }

        @Override
        public double[] utilities() {
            return new double[] {1, 0, -1, 2};
        }
    }

    /** Paths of three tokens, each 0 or 1, after a prompt that is a token path itself. */
    record Paths() implements Proposals {

        @Override
        public Prompt prompt(long number) {
            return new Prompt("start-" + number, TokenPath.of((int) number));
        }

        @Override
        public Content draw(double[] weights, RandomGenerator random) {
            int[] tokens = new int[3];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = random.nextDouble() < 1 / (1 + Math.exp(-weights[i])) ? 1 : 0;
            }
            return TokenPath.of(tokens);
        }

        @Override
        public double logProb(double[] weights, Content content) {
            List<Integer> tokens = ((TokenPath) content).tokens();
            return IntStream.range(0, 3)
                    .mapToDouble(i -> -Math.log1p(Math.exp(tokens.get(i) == 1 ? -weights[i] : weights[i])))
                    .sum();
        }

        @Override
        public double[] features(Content content) {
            return ((TokenPath) content).tokens().stream().mapToDouble(t -> t).toArray();
        }

        @Override
        public double[] utilities() {
            return new double[] {2, -2, 1};
        }
    }
}
