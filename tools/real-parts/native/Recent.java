/**
 * Texts that came lately, so that one which comes again is kept once: phones, slugs, what drills say. Off the wire each
 * document brings its own.
 */
final class Recent {
    private static final int PLACES = 1 << 16;
    private static final int LONGEST = 1_000;

    /** Whoever comes last has the place; threads that get in each other's way only keep a text twice. */
    private static final String[] KNOWN = new String[PLACES];

    private Recent() {}

    /** The same text, as the object that is known. */
    static String once(String text) {
        if (text.length() > LONGEST) return text;
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        String known = KNOWN[place];
        if (text.equals(known)) return known;
        KNOWN[place] = text;
        return text;
    }
}
