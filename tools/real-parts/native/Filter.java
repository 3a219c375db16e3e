import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a filter says that an index can use: which values a field must have one of, or between which. What it says
 * besides is left to the server's own matcher, which is asked about every candidate.
 */
final class Filter {
    private static final Set<String> RANGES = Set.of("$gt", "$gte", "$lt", "$lte");
    private static final Set<String> LISTS = Set.of("$in", "$nin");
    /** With a part that is empty, begins with a dollar or is a number beyond all positions. */
    private static final Pattern ODD_PATH = Pattern.compile("(.*\\.)?(\\$.*|\\d{9,}|)(\\..*)?");
    private static final Set<String> COMBINED = Set.of("$and", "$or", "$nor");

    /** One or more single values, or all from one to another: both inclusive, whatever the filter says. */
    static final class Bounds {
        final List<Object> points;
        final Object low;
        final Object high;

        private Bounds(Collection<Object> points, Object low, Object high) {
            this.points = points == null ? null : List.copyOf(points);
            this.low = low;
            this.high = high;
        }
    }

    final Map<String, Bounds> bounds = new LinkedHashMap<>();
    /** The branches of each `$or` that must hold. */
    final List<List<Document>> branches = new ArrayList<>();

    private Filter(Document query) {
        read(query);
    }

    /** Null where the matcher could throw on some document: whether it meets that one must not hang on an index. */
    static Filter of(Document query) {
        return isSafe(query) ? new Filter(query) : null;
    }

    @SuppressWarnings("unchecked")
    private void read(Document query) {
        query.forEach((field, condition) -> {
            if (field.equals("$and")) {
                ((List<Document>) condition).forEach(this::read);
            } else if (field.equals("$or")) {
                branches.add((List<Document>) condition);
            } else if (!field.startsWith("$")) {
                Bounds found = boundsOf(condition);
                Bounds known = bounds.get(field);
                if (found != null && (known == null || known.points == null)) bounds.put(field, found);
            }
        });
    }

    /** Whether it asks for documents that have the field. */
    boolean demands(String field) {
        Bounds found = bounds.get(field);
        return found != null && (found.points == null || !found.points.contains(Scalars.NOTHING));
    }

    private static Bounds boundsOf(Object condition) {
        if (!(condition instanceof Document)) return pointsOf(List.of(orNothing(condition)));
        Document operators = (Document) condition;
        /* Within arrays the matcher lets these decide alone. */
        if (operators.containsKey("$ne") || operators.containsKey("$nin")) return null;
        if (operators.containsKey("$eq")) return pointsOf(List.of(orNothing(operators.get("$eq"))));
        if (operators.containsKey("$in")) {
            List<Object> values = new ArrayList<>();
            ((Collection<?>) operators.get("$in")).forEach(value -> values.add(orNothing(value)));
            return pointsOf(values);
        }
        return rangeOf(operators);
    }

    private static Object orNothing(Object value) {
        return value == null ? Scalars.NOTHING : value;
    }

    private static Bounds pointsOf(List<Object> values) {
        Set<Object> points = new TreeSet<>(Scalars::compare);
        for (Object value : values) {
            Object point = value == Scalars.NOTHING ? value : Scalars.of(value);
            if (point == null || point == Scalars.OTHER) return null;
            points.add(point);
        }
        return new Bounds(points, null, null);
    }

    private static Bounds rangeOf(Document operators) {
        Object low = null;
        Object high = null;
        for (Map.Entry<String, Object> operator : operators.entrySet()) {
            if (!RANGES.contains(operator.getKey())) continue;
            Object end = Scalars.of(operator.getValue());
            if (operator.getKey().startsWith("$g")) low = end;
            else high = end;
        }
        if (low == null && high == null) return null;
        if (low == null) low = Scalars.beginOfKind(high);
        if (high == null) high = Scalars.endOfKind(low);
        if (!Scalars.sameKind(low, high)) return null;
        return Scalars.compare(low, high) > 0 ? new Bounds(List.of(), null, null) : new Bounds(null, low, high);
    }

    private static boolean isSafe(Document query) {
        return query.entrySet().stream().allMatch(part -> isSafe(part.getKey(), part.getValue()));
    }

    private static boolean isSafe(String field, Object condition) {
        if (COMBINED.contains(field)) {
            return condition instanceof List && !((List<?>) condition).isEmpty()
                && ((List<?>) condition).stream().allMatch(it -> it instanceof Document && isSafe((Document) it));
        }
        if (ODD_PATH.matcher(field).matches()) return false;
        return condition instanceof Document ? areSafe((Document) condition) : isLiteral(condition);
    }

    private static boolean areSafe(Document operators) {
        return !operators.isEmpty()
            && operators.entrySet().stream().allMatch(it -> isSafeOperator(it.getKey(), it.getValue()));
    }

    private static boolean isSafeOperator(String operator, Object operand) {
        if (RANGES.contains(operator)) {
            Object end = Scalars.of(operand);
            return end != null && end != Scalars.OTHER && end != Scalars.NOTHING;
        }
        if (LISTS.contains(operator)) {
            return operand instanceof Collection && ((Collection<?>) operand).stream().allMatch(Filter::isLiteral);
        }
        if (operator.equals("$eq") || operator.equals("$ne")) return isLiteral(operand);
        return operator.equals("$exists");
    }

    private static boolean isLiteral(Object value) {
        return !(value instanceof Document) && !(value instanceof BsonRegularExpression);
    }
}
