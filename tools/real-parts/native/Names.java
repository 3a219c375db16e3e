import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of fields, each kept once however many documents have it, and texts that came lately: read off the wire, each
 * document brings its own.
 */
final class Names {
    private static final int MOST = 10_000;
    private static final int LONGEST = 64;

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Names() {}

    /** The same document, with the names and texts that are known. */
    static Document once(Document document) {
        Document same = new Document();
        for (Map.Entry<String, Object> field : document.entrySet()) same.put(known(field.getKey()), within(field.getValue()));
        return same;
    }

    private static Object within(Object value) {
        if (value instanceof Document) return once((Document) value);
        if (value instanceof String) return Recent.once((String) value);
        if (!(value instanceof List)) return value;
        List<Object> same = new ArrayList<>(((List<?>) value).size());
        for (Object each : (List<?>) value) same.add(within(each));
        return same;
    }

    /** Names that are data, as in a map by phone, must not fill the memory that they are to spare. */
    private static String known(String name) {
        String known = KNOWN.get(name);
        if (known != null) return known;
        if (name.length() > LONGEST || KNOWN.size() >= MOST) return name;
        String earlier = KNOWN.putIfAbsent(name, name);
        return earlier == null ? name : earlier;
    }
}
