import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import org.h2.mvstore.MVStore;

/** Serves the MongoDB protocol on a loopback port: `PORT` keeps all in memory, `PORT FILE` in a file. */
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

    private static H2Backend inFile(String file) {
        MVStore store = MVStore.open(file);
        store.setAutoCommitDelay(200);
        return new H2Backend(store);
    }

    public static void main(String[] args) {
        MongoBackend backend = args.length > 1 ? inFile(args[1]) : new MemoryBackend();
        MongoServer server = new MongoServer(backend.version(VERSION));
        server.bind("127.0.0.1", Integer.parseInt(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("ready on " + server.getLocalAddress().getPort());
    }
}
