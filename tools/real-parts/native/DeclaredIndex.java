import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;
import java.util.stream.Collectors;

/** What a client declared of an index that is not unique. The collection orders its documents by it once that helps. */
final class DeclaredIndex extends EmptyIndex<Integer> {
    private final boolean sparse;

    DeclaredIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys);
        this.sparse = sparse;
    }

    /** The fields to order by; none where a position in an array is one of them. */
    static List<String> fieldsOf(Index<Integer> index) {
        List<String> fields = index.getKeys().stream().map(IndexKey::getKey).collect(Collectors.toList());
        return fields.stream().anyMatch(field -> field.matches("(.*\\.)?(\\d+|\\$.*|)(\\..*)?")) ? List.of() : fields;
    }

    /** Whether documents without the fields are left out of it in MongoDB, which then does not find them by it. */
    static boolean isSparse(Index<Integer> index) {
        return index instanceof DeclaredIndex
            ? ((DeclaredIndex) index).sparse
            : index.toIndexDescription().containsKey("sparse");
    }
}
