package org.thurstone.lab.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.lab.Replication;
import org.thurstone.recipe.Catalogue;

/**
 * Editions: short hashes of the code that replications run. It covers the class files of the replication and of all classes of this project that they
 * name, directly or through others. If one of them mentions {@link Catalogue#installed()}, parts are found by name, and every part of the catalogue
 * counts.
 *
 * <p>What does not change figures does not count: comments, formatting, line numbers, names of parameters and local variables, annotations other than
 * defaults, the texts of {@link Replication#about()}, and the module {@code report}. Code outside this project does not count either: Java, libtorch,
 * real data.
 *
 * <p>The hash is of code as the compiler wrote it, so another version of Java may give another edition to equal sources. An edition therefore says
 * that code <em>may</em> differ; whether figures do is what the smoke version is for, see {@link Campaign}.
 */
public final class Editions {

    private static final String HOUSE = "org/thurstone/";
    private static final String PRESENTATION = "org/thurstone/report/";
    private static final String CATALOGUE = "org/thurstone/recipe/Catalogue";
    private static final String REPLICATION = "org/thurstone/lab/Replication";
    private static final String DEFAULT = "Lorg/thurstone/recipe/Default;";
    private static final String PROSE = "about";

    private static final Pattern NAMED = Pattern.compile("L([\\w/$]+)[;<]");

    private static final ClassFile FILES = ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.DebugElementsOption.DROP_DEBUG,
            ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
            ClassFile.StackMapsOption.DROP_STACK_MAPS,
            ClassFile.AttributesProcessingOption.DROP_UNSTABLE_ATTRIBUTES);

    private static final ClassTransform WHAT_RUNS = ClassTransform.dropping(e ->
                    saysNothing(e) || e instanceof SourceFileAttribute || (e instanceof MethodModel m && isProse(m)))
            .andThen(ClassTransform.transformingFields(FieldTransform.dropping(Editions::saysNothing)))
            .andThen(ClassTransform.transformingMethods(
                    MethodTransform.dropping(e -> saysNothing(e) || e instanceof MethodParametersAttribute)));

    /**
     * One class file.
     *
     * @param code hash of what runs
     * @param names classes of the project that it names
     * @param installed whether it looks parts up by name
     */
    private record ParsedClass(byte[] code, Set<String> names, boolean installed) {}

    /** By the hash of a class file: what was parsed once is not parsed again for another catalogue. */
    private static final Map<String, ParsedClass> PARSED = new ConcurrentHashMap<>();

    private final Catalogue catalogue;
    private final Map<String, Optional<ParsedClass>> readings = new ConcurrentHashMap<>();

    /** @param catalogue whose parts count where they are found by name */
    public Editions(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Twelve hexadecimal digits. */
    public String of(Class<?> replication) {
        ClassLoader loader =
                Optional.ofNullable(replication.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
        String own = replication.getPackageName().replace('.', '/') + "/";
        Deque<String> open = new ArrayDeque<>(Set.of(replication.getName().replace('.', '/')));
        Set<String> seen = new TreeSet<>(open);
        Map<String, byte[]> reached = new TreeMap<>();
        boolean byName = false;
        while (!open.isEmpty()) {
            String name = open.remove();
            Optional<ParsedClass> read = readings.computeIfAbsent(name, n -> read(n, loader));
            if (read.isEmpty()) {
                continue;
            }
            reached.put(name, read.get().code());
            Set<String> next = new TreeSet<>(read.get().names());
            if (read.get().installed() && !byName) {
                byName = true;
                catalogue.parts().stream()
                        .filter(part -> !Replication.class.isAssignableFrom(part.type()))
                        .forEach(part -> next.add(part.type().getName().replace('.', '/')));
            }
            for (String n : next) {
                boolean counts = (n.startsWith(HOUSE) && !n.startsWith(PRESENTATION)) || n.startsWith(own);
                if (counts && seen.add(n)) {
                    open.add(n);
                }
            }
        }
        MessageDigest all = sha256();
        reached.forEach((name, code) -> {
            all.update(name.getBytes(StandardCharsets.UTF_8));
            all.update(code);
        });
        return HexFormat.of().formatHex(all.digest()).substring(0, 12);
    }

    private static Optional<ParsedClass> read(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] file = in.readAllBytes();
            return Optional.of(
                    PARSED.computeIfAbsent(HexFormat.of().formatHex(sha256().digest(file)), hash -> parsed(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ParsedClass parsed(byte[] file) {
        byte[] runs = FILES.transformClass(FILES.parse(file), WHAT_RUNS);
        Set<String> names = new TreeSet<>();
        boolean installed = false;
        for (PoolEntry entry : FILES.parse(runs).constantPool()) {
            switch (entry) {
                case ClassEntry c -> names.add(c.asInternalName());
                case Utf8Entry text -> {
                    for (Matcher m = NAMED.matcher(text.stringValue()); m.find(); ) {
                        names.add(m.group(1));
                    }
                }
                case MemberRefEntry member ->
                    installed |= member.owner().asInternalName().equals(CATALOGUE)
                            && member.name().equalsString("installed");
                default -> {}
            }
        }
        return new ParsedClass(sha256().digest(runs), Collections.unmodifiableSet(names), installed);
    }

    /** Annotations are read by people and tools; recipes read one of them, the default of a component. */
    private static boolean saysNothing(ClassFileElement element) {
        return element instanceof RuntimeVisibleAnnotationsAttribute a
                && a.annotations().stream().noneMatch(x -> x.className().equalsString(DEFAULT));
    }

    private static boolean isProse(MethodModel method) {
        return method.methodName().equalsString(PROSE)
                && method.methodType().equalsString("()Lorg/thurstone/lab/Description;")
                && method.parent().filter(Editions::isReplication).isPresent();
    }

    private static boolean isReplication(ClassModel type) {
        return type.interfaces().stream().anyMatch(i -> i.asInternalName().equals(REPLICATION));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
