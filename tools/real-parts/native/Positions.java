import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Positions of documents, each once. A bit set alone is as long as its greatest position is high: in a collection of
 * millions it took hundreds of kilobytes to say one.
 */
final class Positions {
    private static final int FEW = 1_000;

    private int[] few = new int[4];
    private int count;
    /** Null as long as there are few. */
    private BitSet many;

    void set(int position) {
        if (many == null && count == FEW) {
            many = new BitSet();
            IntStream.of(few).forEach(many::set);
        }
        if (many != null) {
            many.set(position);
            return;
        }
        if (count == few.length) few = Arrays.copyOf(few, Math.min(FEW, 2 * count));
        few[count++] = position;
    }

    void or(BitSet others) {
        others.stream().forEach(this::set);
    }

    void or(Positions others) {
        others.stream().forEach(this::set);
    }

    /** In their order, which is that of the whole collection. */
    IntStream stream() {
        return many == null ? IntStream.of(few).limit(count).sorted().distinct() : many.stream();
    }

    /** The other way round. */
    IntStream descending() {
        int[] all = stream().toArray();
        return IntStream.range(0, all.length).map(at -> all[all.length - 1 - at]);
    }
}
