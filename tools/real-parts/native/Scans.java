import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The queries that no index served, so that all documents of a collection were looked at, by what they ask. */
final class Scans {
    /** Shapes, not queries; a server that meets more than this is not asked about them. */
    private static final int MOST = 2_000;

    private static final Map<List<String>, Scans> KNOWN = new ConcurrentHashMap<>();

    private int times;
    private int documents;

    private Scans() {
    }

    static void record(MongoCollection<?> collection, Document query, Document sort) {
        if (collection.getCollectionName().startsWith("system.")) return;
        List<String> key = List.of(
            collection.getDatabaseName(), collection.getCollectionName(), shapeOf(query), sort == null ? "" : sort.toString());
        if (KNOWN.size() >= MOST && !KNOWN.containsKey(key)) return;
        KNOWN.computeIfAbsent(key, it -> new Scans()).happened(collection.count());
    }

    private synchronized void happened(int looked) {
        times++;
        documents = Math.max(documents, looked);
    }

    /** One for each collection of the database and kind of query, with how often it came and the most documents. */
    static List<Document> of(String database) {
        List<Document> found = new ArrayList<>();
        KNOWN.forEach((key, scans) -> {
            if (key.get(0).equals(database)) found.add(scans.described(key));
        });
        return found;
    }

    private synchronized Document described(List<String> key) {
        return new Document("collection", key.get(1))
            .append("filter", key.get(2))
            .append("sort", key.get(3))
            .append("times", times)
            .append("documents", documents);
    }

    /** The fields and operators of a filter without its values, which may be somebody's. */
    private static String shapeOf(Document query) {
        return query.entrySet().stream()
            .map(part -> part.getKey() + conditionOf(part.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String conditionOf(Object condition) {
        if (condition instanceof Document) return ": " + shapeOf((Document) condition);
        boolean branches = condition instanceof Collection
            && ((Collection<?>) condition).stream().allMatch(it -> it instanceof Document);
        return !branches ? "" : ((Collection<?>) condition).stream()
            .map(it -> shapeOf((Document) it))
            .collect(Collectors.joining(", ", ": [", "]"));
    }
}
