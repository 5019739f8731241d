import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.rank.pairs.BradleyTerry;

/**
 * What dev/bench-rank-peers runs of this project: reads a file of votes, ranks it, and prints a line per step with its seconds, its seconds of
 * processor time, and the most memory so far.
 */
class RankPeers {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Votes votes = timed("count", () -> VoteFiles.read(file, VoteReadOptions.USUAL.keeping(false)).votes());
        System.out.println("battles " + votes.size() + " items " + votes.items().size());
        for (int k = 1; k < arguments.length; k++) {
            switch (arguments[k]) {
                case "fit" -> timed("fit", () -> BradleyTerry.PLAIN.rank(votes, Inference.NONE));
                case "errors" -> timed("errors", () -> BradleyTerry.PLAIN.rank(votes, Inference.DEFAULT));
                case "bootstrap" -> timed(
                        "bootstrap",
                        () -> BradleyTerry.PLAIN.rank(
                                votes, Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP)));
                default -> {
                    Board board = timed("write", () -> BradleyTerry.PLAIN.rank(votes, Inference.DEFAULT));
                    StringBuilder text = new StringBuilder();
                    for (Standing s : board.standings()) {
                        text.append(s.item()).append(',').append(s.rating()).append(',').append(s.low()).append(',')
                                .append(s.high()).append('\n');
                    }
                    Files.writeString(Path.of(arguments[k]), text);
                    board.remarks().forEach(System.out::println);
                }
            }
        }
    }

    private static <T> T timed(String step, Supplier<T> work) {
        long begin = System.nanoTime();
        long processor = SYSTEM.getProcessCpuTime();
        T result = work.get();
        System.out.printf(
                Locale.ROOT,
                "step %s %.3f %.3f%n",
                step,
                (System.nanoTime() - begin) * 1e-9,
                (SYSTEM.getProcessCpuTime() - processor) * 1e-9);
        return result;
    }
}
