import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A collection that looks at the documents that an index names instead of at all. The index only narrows: the server's
 * own matcher and sort see every candidate, in the order in which they would meet it in the whole collection.
 */
final class IndexedCollection extends MemoryCollection {
    private static final boolean ON = !"off".equals(System.getProperty("indexes"));

    private static final Field DOCUMENTS = documentsOfServer();

    private final Map<String, OrderedIndex> ordered = new HashMap<>();
    /** Whether what is found is about to be changed. */
    private boolean writes;
    /** One more than the greatest position that was ever in use. */
    private int positions;

    IndexedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
        super(database, name, options, cursors);
    }

    /** A query with what limits its result: `most` is 0 where nothing does. */
    private static final class Question {
        final Document query;
        final Document sort;
        final int most;

        Question(Document query, Document sort, int most) {
            this.query = query;
            this.sort = sort;
            this.most = most;
        }
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document sort, int skip, int limit, int batchSize, Document fields) {
        boolean byKey = getIndexes().stream().anyMatch(index -> index.canHandle(query));
        Positions candidates = byKey ? null : candidates(new Question(query, sort, limit > 0 ? skip + limit : 0));
        QueryResult found = candidates == null
            ? super.queryDocuments(query, sort, skip, limit, batchSize, fields)
            : matchDocuments(query, inOrder(candidates, sort), sort, skip, limit, batchSize, fields);
        return writes ? copied(found) : found;
    }

    /**
     * The server changes what it has found field by field, while answers that hold the same document are still being
     * sent. So it changes a copy, which takes the place of the stored one at the end: nobody reads half of a write.
     */
    private static QueryResult copied(QueryResult found) {
        List<Document> copies = new ArrayList<>();
        for (Document document : found) copies.add(new Document(document));
        return new QueryResult(copies);
    }

    private <T> T writing(Supplier<T> work) {
        writes = true;
        try {
            return work.get();
        } finally {
            writes = false;
        }
    }

    @Override
    public synchronized Document updateDocuments(
            Document query, Document update, ArrayFilters filters, boolean many, boolean upsert, Oplog oplog) {
        return writing(() -> super.updateDocuments(query, update, filters, many, upsert, oplog));
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        return writing(() -> super.findAndModify(query));
    }

    private static Field documentsOfServer() {
        try {
            Field documents = MemoryCollection.class.getDeclaredField("documents");
            documents.setAccessible(true);
            return documents;
        } catch (NoSuchFieldException missing) {
            throw new IllegalStateException("this version of the server keeps its documents elsewhere", missing);
        }
    }

    @SuppressWarnings("unchecked")
    private void store(int position, Document document) {
        try {
            ((List<Document>) DOCUMENTS.get(this)).set(position, document);
        } catch (IllegalAccessException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** All that a pipeline could take, which still applies its own stages to it. */
    @Override
    public synchronized Iterable<Document> queryAll() {
        PipelineHead head = PipelineHead.take();
        if (head == null) return super.queryAll();
        Positions candidates = candidates(new Question(head.query, head.sort, head.most));
        return candidates == null
            ? matchDocuments(new Document(), null, 0, 0, 0, null)
            : candidates.stream().mapToObj(this::getDocument).collect(Collectors.toList());
    }

    @Override
    public synchronized int count(Document query, int skip, int limit) {
        return super.count(query, skip, limit);
    }

    private static Iterable<Integer> inOrder(Positions candidates, Document sort) {
        return isNaturalDescending(sort)
            ? () -> candidates.descending().iterator()
            : () -> candidates.stream().iterator();
    }

    /** Null where all documents must be looked at. */
    private Positions candidates(Question question) {
        Filter filter = Filter.of(question.query);
        Positions found = ON && filter != null ? candidates(filter, question) : null;
        boolean oneWillDo = question.query.isEmpty() && question.sort == null && question.most == 1;
        if (found == null && !oneWillDo) Scans.record(this, question.query, question.sort);
        return found;
    }

    private Positions candidates(Filter filter, Question question) {
        Positions byKey = candidatesByKey(question.query);
        if (byKey != null) return byKey;
        Choice best = bestFor(filter, question);
        if (best != null && best.plan.worth > 0) return collected(best, question);
        for (List<Document> branches : filter.branches) {
            Positions union = candidatesOfBranches(branches, question);
            if (union != null) return union;
        }
        return best != null && question.query.isEmpty() ? collected(best, question) : null;
    }

    private Positions candidatesByKey(Document query) {
        for (Index<Integer> index : getIndexes()) {
            if (!index.canHandle(query)) continue;
            Positions found = new Positions();
            index.getPositions(query).forEach(found::set);
            return found;
        }
        return null;
    }

    private Positions candidatesOfBranches(List<Document> branches, Question question) {
        Positions union = new Positions();
        for (Document branch : branches) {
            Choice best = bestFor(Filter.of(branch), question);
            if (best == null || best.plan.worth == 0) return null;
            union.or(collected(best, question));
        }
        return union;
    }

    private static final class Choice {
        final Index<Integer> index;
        final Plan plan;

        Choice(Index<Integer> index, Plan plan) {
            this.index = index;
            this.plan = plan;
        }

        boolean isBetterThan(Choice other, boolean limited) {
            if (other == null || plan.worth != other.plan.worth) return other == null || plan.worth > other.plan.worth;
            return limited && plan.sortedFields > 0 && other.plan.sortedFields == 0;
        }
    }

    private Choice bestFor(Filter filter, Question question) {
        Choice best = null;
        for (Index<Integer> index : getIndexes()) {
            List<String> fields = DeclaredIndex.fieldsOf(index);
            if (fields.isEmpty()) continue;
            Choice choice = new Choice(index, Plan.of(fields, filter.bounds, question.sort));
            boolean sorts = question.most > 0 && choice.plan.sortedFields > 0;
            if (choice.plan.worth == 0 && !sorts) continue;
            if (DeclaredIndex.isSparse(index) && !filter.demands(fields.get(0))) continue;
            if (choice.isBetterThan(best, question.most > 0)) best = choice;
        }
        return best;
    }

    private Positions collected(Choice choice, Question question) {
        OrderedIndex index = ordered.computeIfAbsent(choice.index.getName(), name -> orderedBy(choice.index));
        Plan plan = choice.plan;
        Positions found = new Positions();
        if (question.most > 0 && plan.sortedFields > 0 && index.isSorted()) {
            OrderedIndex.Walk walk = new OrderedIndex.Walk(plan.descending, question.most, plan.sortedFields,
                position -> documentMatchesQuery(getDocument(position), question.query));
            plan.segments.forEach(segment -> index.collectInOrder(segment.from, segment.to, walk, found));
        } else {
            plan.segments.forEach(segment -> index.collect(segment.from, segment.to, found));
        }
        return found;
    }

    private OrderedIndex orderedBy(Index<Integer> index) {
        OrderedIndex made = new OrderedIndex(DeclaredIndex.fieldsOf(index));
        streamAllDocumentsWithPosition().forEach(it -> made.add(it.getDocument(), it.getPosition()));
        return made;
    }

    @Override
    protected Stream<DocumentWithPosition<Integer>> streamAllDocumentsWithPosition() {
        return IntStream.range(0, positions)
            .filter(position -> getDocument(position) != null)
            .mapToObj(position -> new DocumentWithPosition<>(getDocument(position), position));
    }

    @Override
    protected Integer addDocumentInternal(Document document) {
        Integer position = super.addDocumentInternal(document);
        positions = Math.max(positions, position + 1);
        ordered.values().forEach(index -> index.add(document, position));
        return position;
    }

    @Override
    protected void removeDocument(Integer position) {
        Document document = getDocument(position);
        ordered.values().forEach(index -> index.remove(document, position));
        super.removeDocument(position);
    }

    @Override
    protected void handleUpdate(Integer position, Document before, Document after) {
        store(position, after);
        ordered.values().forEach(index -> index.update(before, after, position));
    }

    @Override
    public synchronized void dropIndex(String name) {
        super.dropIndex(name);
        ordered.remove(name);
    }
}
