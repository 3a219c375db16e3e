import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;

/**
 * The values that an index keeps in order, in the order in which the server compares them: nothing, numbers, texts,
 * object ids, booleans, dates. Whatever else a field holds is OTHER: it equals none of these, and lies in no range of them.
 */
final class Scalars {
    static final Object NOTHING = new Object();
    static final Object OTHER = new Object();

    /** Beyond it neighbours become one number, or the server compares by cutting fractions off. */
    private static final double WHOLE_LIMIT = 1L << 53;
    private static final double FRACTION_LIMIT = Integer.MAX_VALUE;

    private Scalars() {
    }

    /** The value as it is kept; null where the server compares it in a way that no order follows. */
    static Object of(Object value) {
        if (Missing.isNullOrMissing(value)) {
            return NOTHING;
        }
        if (value instanceof Number) {
            return value instanceof Integer || value instanceof Long || value instanceof Double
                ? numberOf(((Number) value).doubleValue())
                : null;
        }
        return rank(value) == OTHER_RANK ? OTHER : value;
    }

    private static Double numberOf(double number) {
        double limit = number == Math.rint(number) ? WHOLE_LIMIT : FRACTION_LIMIT;
        return Math.abs(number) < limit ? Double.valueOf(number + 0.0) : null;
    }

    private static final int OTHER_RANK = 6;

    private static int rank(Object value) {
        if (value == NOTHING) return 0;
        if (value instanceof Double) return 1;
        if (value instanceof String) return 2;
        if (value instanceof ObjectId) return 3;
        if (value instanceof Boolean) return 4;
        if (value instanceof Instant) return 5;
        return value instanceof Edge ? ((Edge) value).rank : OTHER_RANK;
    }

    /** Where the values of one kind begin, or end. */
    private static final class Edge {
        private final int rank;
        private final int side;

        private Edge(int rank, int side) {
            this.rank = rank;
            this.side = side;
        }
    }

    static Object beginOfKind(Object scalar) {
        return new Edge(rank(scalar), -1);
    }

    static Object endOfKind(Object scalar) {
        return new Edge(rank(scalar), 1);
    }

    static boolean sameKind(Object one, Object other) {
        return rank(one) == rank(other);
    }

    @SuppressWarnings("unchecked")
    static int compare(Object one, Object other) {
        int byKind = Integer.compare(rank(one), rank(other));
        if (byKind != 0) return byKind;
        if (one instanceof Edge || other instanceof Edge) return Integer.compare(sideOf(one), sideOf(other));
        return one instanceof Comparable ? ((Comparable<Object>) one).compareTo(other) : 0;
    }

    private static int sideOf(Object value) {
        return value instanceof Edge ? ((Edge) value).side : 0;
    }
}
