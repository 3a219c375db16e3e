import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** What the first stages of a pipeline ask of its collection: a filter, and perhaps a sort with a limit. */
final class PipelineHead {
    /** The library hands a pipeline all documents of its collection, asked for by the same thread. */
    private static final ThreadLocal<PipelineHead> OF_THIS_THREAD = new ThreadLocal<>();

    final Document query;
    final Document sort;
    /** 0 where nothing limits it. */
    final int most;

    private PipelineHead(Document query, Document sort, int most) {
        this.query = query;
        this.sort = sort;
        this.most = most;
    }

    static void announce(Document command) {
        Object pipeline = command.get("pipeline");
        OF_THIS_THREAD.set(pipeline instanceof List ? of((List<?>) pipeline) : null);
    }

    static void forget() {
        OF_THIS_THREAD.remove();
    }

    static PipelineHead take() {
        PipelineHead head = OF_THIS_THREAD.get();
        OF_THIS_THREAD.remove();
        return head;
    }

    private static PipelineHead of(List<?> stages) {
        Object match = stageAt(stages, 0, "$match");
        int next = match == null ? 0 : 1;
        Object sort = stageAt(stages, next, "$sort");
        Object limit = stageAt(stages, next + 1, "$limit");
        Document query = match instanceof Document ? (Document) match : new Document();
        boolean limited = sort instanceof Document && limit instanceof Number && ((Number) limit).intValue() > 0;
        return limited
            ? new PipelineHead(query, (Document) sort, ((Number) limit).intValue())
            : new PipelineHead(query, null, 0);
    }

    private static Object stageAt(List<?> stages, int at, String name) {
        Object stage = at < stages.size() ? stages.get(at) : null;
        return stage instanceof Document && ((Document) stage).size() == 1 ? ((Document) stage).get(name) : null;
    }
}
