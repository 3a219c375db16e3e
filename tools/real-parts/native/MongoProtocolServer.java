import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * Serves the MongoDB protocol: `PORT` keeps all in memory, `PORT FILE` in a file. On loopback alone, unless the property
 * `host` names another address. In memory the declared indexes are used, unless the property `indexes` is `off`, and the
 * command `{ scans: 1 }` tells which queries of its database none of them served.
 */
public class MongoProtocolServer {
    /** The Node driver refuses servers below wire version 9. */
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    /** Finds a document by its key also where the filter says more, as MongoDB does; the rest is matched afterwards. */
    private static final class KeyIndex extends MemoryUniqueIndex {
        KeyIndex(String name, List<IndexKey> keys, boolean sparse) {
            super(name, keys, sparse);
        }

        private static Document byKeyAlone(Document query) {
            return query.containsKey("_id") ? new Document("_id", query.get("_id")) : query;
        }

        @Override
        public boolean canHandle(Document query) {
            return super.canHandle(byKeyAlone(query));
        }

        @Override
        public Iterable<Integer> getPositions(Document query) {
            return super.getPositions(byKeyAlone(query));
        }
    }

    private static final class Database extends MemoryDatabase {
        Database(String name, CursorRegistry cursors) {
            super(name, cursors);
        }

        @Override
        protected Index<Integer> openOrCreateUniqueIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            boolean isKey = keys.size() == 1 && keys.get(0).getKey().equals("_id");
            return isKey
                ? new KeyIndex(name, keys, sparse)
                : super.openOrCreateUniqueIndex(collection, name, keys, sparse);
        }

        @Override
        protected Index<Integer> openOrCreateSecondaryIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            return new DeclaredIndex(name, keys, sparse);
        }

        @Override
        protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
            return new IndexedCollection(this, name, options, cursorRegistry);
        }

        @Override
        public Document handleCommand(
                Channel channel, String command, Document sent, DatabaseResolver databases, Oplog oplog) {
            Document query = Names.once(sent);
            if (command.equals("scans")) return new Document("scans", Scans.of(databaseName)).append("ok", 1.0);
            if (!command.equalsIgnoreCase("aggregate")) return super.handleCommand(channel, command, query, databases, oplog);
            PipelineHead.announce(query);
            try {
                return super.handleCommand(channel, command, query, databases, oplog);
            } finally {
                PipelineHead.forget();
            }
        }
    }

    private static final class InMemory extends MemoryBackend {
        @Override
        public MemoryDatabase openOrCreateDatabase(String name) {
            return new Database(name, getCursorRegistry());
        }
    }

    private static H2Backend inFile(String file) {
        MVStore store = MVStore.open(file);
        store.setAutoCommitDelay(200);
        return new H2Backend(store);
    }

    public static void main(String[] args) {
        MongoBackend backend = args.length > 1 ? inFile(args[1]) : new InMemory();
        MongoServer server = new MongoServer(backend.version(VERSION));
        server.bind(System.getProperty("host", "127.0.0.1"), Integer.parseInt(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("ready on " + server.getLocalAddress().getPort());
    }
}
