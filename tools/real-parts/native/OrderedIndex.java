import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** The positions of a collection's documents in the order of some of their fields. It only ever narrows: see Filter. */
final class OrderedIndex {
    /** More combinations than this of the values of one document's arrays are not kept. */
    private static final int MOST_ENTRIES = 1_000;

    /** Also a place to begin or to end at, which has fewer values, and as its position the least or the greatest. */
    private static final class Entry implements Comparable<Entry> {
        private final Object[] values;
        private final int position;

        private Entry(Object[] values, int position) {
            this.values = values;
            this.position = position;
        }

        @Override
        public int compareTo(Entry other) {
            int order = compareFirst(values, other.values, Math.min(values.length, other.values.length));
            return order != 0 ? order : Integer.compare(position, other.position);
        }
    }

    private static int compareFirst(Object[] some, Object[] others, int count) {
        for (int at = 0; at < count; at++) {
            int order = Scalars.compare(some[at], others[at]);
            if (order != 0) return order;
        }
        return 0;
    }

    private final List<String[]> paths = new ArrayList<>();
    private final NavigableSet<Entry> entries = new TreeSet<>();
    /** Documents with values that no order follows: candidates whatever is asked. */
    private final BitSet awkward = new BitSet();
    /** Documents whose entries do not stand where the server would sort them. */
    private final BitSet unsorted = new BitSet();

    OrderedIndex(List<String> fields) {
        fields.forEach(field -> paths.add(field.split("\\.")));
    }

    void add(Document document, int position) {
        List<Object[]> keys = keysOf(document);
        if (keys == null) {
            awkward.set(position);
            return;
        }
        keys.forEach(key -> entries.add(new Entry(key, position)));
        if (keys.size() > 1 || List.of(keys.get(0)).contains(Scalars.OTHER)) unsorted.set(position);
    }

    void remove(Document document, int position) {
        List<Object[]> keys = keysOf(document);
        if (keys != null) keys.forEach(key -> entries.remove(new Entry(key, position)));
        awkward.clear(position);
        unsorted.clear(position);
    }

    void update(Document before, Document after, int position) {
        if (sameKeys(keysOf(before), keysOf(after))) return;
        remove(before, position);
        add(after, position);
    }

    private boolean sameKeys(List<Object[]> ones, List<Object[]> others) {
        if (ones == null || others == null || ones.size() != others.size()) return false;
        for (int at = 0; at < ones.size(); at++) {
            if (compareFirst(ones.get(at), others.get(at), paths.size()) != 0) return false;
        }
        return true;
    }

    /** Whether its order is that of a sort by its fields. */
    boolean isSorted() {
        return awkward.isEmpty() && unsorted.isEmpty();
    }

    /** Adds all positions between two beginnings of keys, both inclusive, and those that cannot be told. */
    void collect(Object[] from, Object[] to, Positions into) {
        between(from, to).forEach(entry -> into.set(entry.position));
        into.or(awkward);
    }

    /** What to take in order: enough that match, and all that are equal to the last of them in the first `fields`. */
    static final class Walk {
        final boolean descending;
        final int enough;
        final int fields;
        final IntPredicate matches;

        Walk(boolean descending, int enough, int fields, IntPredicate matches) {
            this.descending = descending;
            this.enough = enough;
            this.fields = fields;
            this.matches = matches;
        }
    }

    void collectInOrder(Object[] from, Object[] to, Walk walk, Positions into) {
        NavigableSet<Entry> range = between(from, to);
        Entry last = null;
        int found = 0;
        for (Entry entry : walk.descending ? range.descendingSet() : range) {
            boolean equalsLast = last != null && compareFirst(last.values, entry.values, walk.fields) == 0;
            if (found >= walk.enough && !equalsLast) return;
            if (!walk.matches.test(entry.position)) continue;
            into.set(entry.position);
            found++;
            last = entry;
        }
    }

    private NavigableSet<Entry> between(Object[] from, Object[] to) {
        return entries.subSet(new Entry(from, Integer.MIN_VALUE), true, new Entry(to, Integer.MAX_VALUE), true);
    }

    /** Every combination of what a filter could find at its fields; null where that cannot be told. */
    private List<Object[]> keysOf(Document document) {
        List<Object[]> keys = Collections.singletonList(new Object[paths.size()]);
        for (int at = 0; at < paths.size(); at++) {
            List<Object> values = new ArrayList<>();
            if (!collectValues(document, paths.get(at), 0, values)) return null;
            if (values.isEmpty()) values.add(Scalars.OTHER);
            if (keys.size() * values.size() > MOST_ENTRIES) return null;
            keys = combined(keys, at, values);
        }
        return keys;
    }

    private static List<Object[]> combined(List<Object[]> keys, int at, List<Object> values) {
        List<Object[]> combinations = new ArrayList<>(keys.size() * values.size());
        for (Object[] key : keys) {
            for (Object value : values) {
                Object[] longer = key.clone();
                longer[at] = value;
                combinations.add(longer);
            }
        }
        return combinations;
    }

    /** Goes where the server's own matcher goes: through arrays on the way, and into one at the end. */
    private static boolean collectValues(Object value, String[] path, int depth, List<Object> into) {
        if (value instanceof Collection) {
            for (Object element : (Collection<?>) value) {
                if (!collectValues(element, path, depth, into)) return false;
            }
            return true;
        }
        Object field = value instanceof Document ? ((Document) value).getOrMissing(path[depth]) : Missing.getInstance();
        if (depth < path.length - 1) return collectValues(field, path, depth + 1, into);
        return field instanceof Collection ? addAll((Collection<?>) field, into) : add(field, into);
    }

    private static boolean addAll(Collection<?> elements, List<Object> into) {
        for (Object element : elements) {
            if (element instanceof Collection || !add(element, into)) return false;
        }
        return true;
    }

    private static boolean add(Object value, List<Object> into) {
        Object scalar = Scalars.of(value);
        return scalar != null && into.add(scalar);
    }
}
