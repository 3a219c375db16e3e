import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** How one index narrows one filter: by single values of its first fields, then perhaps by a range of the next one. */
final class Plan {
    /** More beginnings than this are not looked up one by one. */
    private static final int MOST_SEGMENTS = 5_000;

    /** From one beginning of a key to another, both inclusive. */
    static final class Segment {
        final Object[] from;
        final Object[] to;

        private Segment(Object[] from, Object[] to) {
            this.from = from;
            this.to = to;
        }
    }

    final List<Segment> segments;
    /** 0 where the filter says nothing of the index's first field. */
    final int worth;
    /** How many of its fields have their order fixed by the sort or by single values; 0 where it does not sort. */
    final int sortedFields;
    final boolean descending;

    private Plan(List<Segment> segments, int worth, int sortedFields, boolean descending) {
        this.segments = segments;
        this.worth = worth;
        this.sortedFields = sortedFields;
        this.descending = descending;
    }

    static Plan of(List<String> fields, Map<String, Filter.Bounds> bounds, Document sort) {
        List<Object[]> beginnings = Collections.singletonList(new Object[0]);
        int pinned = 0;
        while (pinned < fields.size()) {
            Filter.Bounds next = bounds.get(fields.get(pinned));
            if (next == null || next.points == null) break;
            if (beginnings.size() * (long) next.points.size() > MOST_SEGMENTS) break;
            beginnings = continued(beginnings, next.points);
            pinned++;
        }
        Filter.Bounds range = pinned < fields.size() ? bounds.get(fields.get(pinned)) : null;
        boolean hasRange = range != null && range.points == null;
        List<Segment> segments = new ArrayList<>(beginnings.size());
        for (Object[] begin : beginnings) {
            segments.add(hasRange
                ? new Segment(withEnd(begin, range.low), withEnd(begin, range.high))
                : new Segment(begin, begin));
        }
        int sorted = sort == null ? 0 : sortedFields(fields.subList(pinned, fields.size()), bounds, sort);
        int worth = 2 * pinned + (hasRange ? 1 : 0);
        return new Plan(segments, worth, sorted == 0 ? 0 : pinned + sorted, sorted > 0 && isDescending(sort));
    }

    private static List<Object[]> continued(List<Object[]> beginnings, List<Object> points) {
        List<Object[]> longer = new ArrayList<>(beginnings.size() * points.size());
        for (Object[] begin : beginnings) {
            for (Object point : points) longer.add(withEnd(begin, point));
        }
        return longer;
    }

    private static Object[] withEnd(Object[] begin, Object end) {
        Object[] longer = Arrays.copyOf(begin, begin.length + 1);
        longer[begin.length] = end;
        return longer;
    }

    /** How many of the fields the sort goes by, all of it in one direction; 0 where it goes by others. */
    private static int sortedFields(List<String> fields, Map<String, Filter.Bounds> bounds, Document sort) {
        List<String> wanted = new ArrayList<>(sort.keySet());
        if (!hasOneDirection(sort)) return 0;
        wanted.removeIf(field -> {
            Filter.Bounds known = bounds.get(field);
            return known != null && known.points != null && known.points.size() == 1;
        });
        boolean served = !wanted.isEmpty() && wanted.size() <= fields.size()
            && fields.subList(0, wanted.size()).equals(wanted);
        return served ? wanted.size() : 0;
    }

    private static boolean hasOneDirection(Document sort) {
        return !sort.isEmpty() && sort.values().stream().allMatch(way -> way instanceof Number)
            && sort.values().stream().map(way -> ((Number) way).intValue() > 0).distinct().count() == 1;
    }

    private static boolean isDescending(Document sort) {
        return ((Number) sort.values().iterator().next()).intValue() <= 0;
    }
}
