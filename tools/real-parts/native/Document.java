package de.bwaldvogel.mongo.bson;

import de.bwaldvogel.mongo.backend.Missing;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The library's document in less than half of the memory; it stands before the library on the class path. There each is
 * a linked hash map, with an object of 40 bytes for each field and a table. Here names and values lie in one array, in the
 * order in which they came; what has many fields is a linked hash map here, too.
 */
public final class Document implements Map<String, Object>, Bson {
    private static final long serialVersionUID = 1L;

    /** With more of them, looking at one after the other takes longer than a table. */
    private static final int FEW = 24;
    private static final int STEP = 4;
    private static final Object[] NONE = {};

    /** Name, value, name, value. */
    private Object[] fields = NONE;
    private int size;
    /** Null as long as there are few fields; then all of them. */
    private LinkedHashMap<String, Object> many;

    public Document() {}

    public Document(String key, Object value) {
        append(key, value);
    }

    public Document(Map<String, ?> map) {
        putAll(map);
    }

    private int placeOf(Object key) {
        for (int place = 0; place < size; place++) if (fields[2 * place] == key) return place;
        for (int place = 0; place < size; place++) if (Objects.equals(fields[2 * place], key)) return place;
        return -1;
    }

    private String nameAt(int place) {
        return (String) fields[2 * place];
    }

    private Object valueAt(int place) {
        return fields[2 * place + 1];
    }

    @Override
    public Object get(Object key) {
        if (many != null) return many.get(key);
        int place = placeOf(key);
        return place == -1 ? null : valueAt(place);
    }

    @Override
    public boolean containsKey(Object key) {
        return many == null ? placeOf(key) != -1 : many.containsKey(key);
    }

    @Override
    public Object put(String key, Object value) {
        if (many != null) return many.put(key, value);
        int place = placeOf(key);
        if (place == -1) return add(key, value);
        Object before = valueAt(place);
        fields[2 * place + 1] = value;
        return before;
    }

    private Object add(String key, Object value) {
        if (size == FEW) {
            many = new LinkedHashMap<>();
            for (int place = 0; place < size; place++) many.put(nameAt(place), valueAt(place));
            fields = NONE;
            size = 0;
            return many.put(key, value);
        }
        makeRoom(1);
        fields[2 * size] = key;
        fields[2 * size + 1] = value;
        size++;
        return null;
    }

    private void makeRoom(int more) {
        int wanted = 2 * Math.min(size + more, FEW);
        if (wanted > fields.length) fields = Arrays.copyOf(fields, Math.max(wanted, more == 1 ? 2 * (size + STEP) : 0));
    }

    @Override
    public void putAll(Map<? extends String, ?> map) {
        if (many == null) makeRoom(map.size());
        map.forEach(this::put);
    }

    @Override
    public Object remove(Object key) {
        if (many != null) return many.remove(key);
        int place = placeOf(key);
        if (place == -1) return null;
        Object before = valueAt(place);
        removeAt(place);
        return before;
    }

    private void removeAt(int place) {
        size--;
        System.arraycopy(fields, 2 * place + 2, fields, 2 * place, 2 * (size - place));
        fields[2 * size] = null;
        fields[2 * size + 1] = null;
    }

    @Override
    public void clear() {
        fields = NONE;
        size = 0;
        many = null;
    }

    @Override
    public int size() {
        return many == null ? size : many.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public boolean containsValue(Object value) {
        return values().contains(value);
    }

    /** Goes over the few fields; what was taken out is not met again. */
    private final class Walk<T> implements Iterator<T> {
        private final IntFunction<T> seen;
        private int next;
        private boolean canRemove;

        Walk(IntFunction<T> seen) {
            this.seen = seen;
        }

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public T next() {
            if (!hasNext()) throw new NoSuchElementException();
            canRemove = true;
            return seen.apply(next++);
        }

        @Override
        public void remove() {
            if (!canRemove) throw new IllegalStateException();
            canRemove = false;
            removeAt(--next);
        }
    }

    private final class Field extends AbstractMap.SimpleEntry<String, Object> {
        private static final long serialVersionUID = 1L;

        Field(int place) {
            super(nameAt(place), valueAt(place));
        }

        @Override
        public Object setValue(Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }

    private <T> Set<T> setOf(IntFunction<T> seen) {
        return new AbstractSet<>() {
            @Override
            public Iterator<T> iterator() {
                return new Walk<>(seen);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Override
    public Set<String> keySet() {
        return many == null ? setOf(this::nameAt) : many.keySet();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return many == null ? setOf(Field::new) : many.entrySet();
    }

    @Override
    public Collection<Object> values() {
        if (many != null) return many.values();
        return new AbstractCollection<>() {
            @Override
            public Iterator<Object> iterator() {
                return new Walk<>(Document.this::valueAt);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    public void cloneInto(Document target) {
        forEach((key, value) -> target.put(key, deepCopy(value)));
    }

    public Document cloneDeeply() {
        Document copy = new Document();
        copy.makeRoom(size());
        cloneInto(copy);
        return copy;
    }

    private static Object deepCopy(Object value) {
        if (value instanceof Document) return ((Document) value).cloneDeeply();
        if (value instanceof List) return ((List<?>) value).stream().map(Document::deepCopy).collect(Collectors.toList());
        if (!(value instanceof Set)) return value;
        return ((Set<?>) value).stream().map(Document::deepCopy).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Document clone() {
        return new Document(this);
    }

    public Document append(String key, Object value) {
        put(key, value);
        return this;
    }

    public Document appendAll(Map<String, Object> map) {
        putAll(map);
        return this;
    }

    public void merge(Document other) {
        putAll(other);
    }

    public void putIfNotNull(String key, Object value) {
        if (value != null) put(key, value);
    }

    public Object getOrMissing(Object key) {
        return getOrDefault(key, Missing.getInstance());
    }

    /** As in the library: the order of the fields counts. */
    @Override
    public boolean equals(Object other) {
        if (this == other) return true;
        if (!(other instanceof Document)) return false;
        Document document = (Document) other;
        return new ArrayList<>(keySet()).equals(new ArrayList<>(document.keySet()))
            && new ArrayList<>(values()).equals(new ArrayList<>(document.values()));
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (Map.Entry<String, Object> field : entrySet()) sum += field.hashCode();
        return sum;
    }

    @Override
    public String toString() {
        return toString(false);
    }

    public String toString(boolean compactKey) {
        return toString(compactKey, "{", "}");
    }

    public String toString(boolean compactKey, String prefix, String suffix) {
        return entrySet()
            .stream()
            .map(field -> named(field.getKey(), compactKey) + Json.toJsonValue(field.getValue(), compactKey, prefix, suffix))
            .collect(Collectors.joining(", ", prefix, suffix));
    }

    private static String named(String key, boolean compactKey) {
        String escaped = Json.escapeJson(key);
        return compactKey ? escaped + ": " : "\"" + escaped + "\" : ";
    }
}
