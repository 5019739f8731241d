package org.thurstone.recipe.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Writes the {@link MethodIndex} of whatever is compiled: modules of this project and jars of users alike. The compiler finds it without
 * configuration where this jar is on its processor path, and with {@code -proc:full} also on its class path.
 *
 * <p>What no recipe could name is a compile error: a class that is not a record, a blank name or kind, a component called {@code name}, two records
 * of one kind with one name.
 */
@SupportedAnnotationTypes(MethodProcessor.METHOD)
public final class MethodProcessor extends AbstractProcessor {

    // By name: this package is compiled and run before the other modules.
    static final String METHOD = "org.thurstone.recipe.Method";

    private final Map<String, IndexedMethod> found = new TreeMap<>();
    private final Map<String, TypeElement> named = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            round.getElementsAnnotatedWith(annotation).forEach(this::add);
        }
        if (round.processingOver() && !round.errorRaised() && !found.isEmpty()) {
            write();
        }
        return false;
    }

    private void add(Element element) {
        if (!(element instanceof TypeElement type) || element.getKind() != ElementKind.RECORD) {
            error("@Method is for records, and " + element + " is none", element);
            return;
        }
        String name = value(type, "name");
        String kind = value(type, "kind");
        if (name.isBlank() || kind.isBlank()) {
            error("a method has a name and a kind, and " + type + " has none", type);
            return;
        }
        if (type.getRecordComponents().stream().anyMatch(c -> c.getSimpleName().contentEquals("name"))) {
            error("a component called \"name\" would hide the method's own name in recipes: " + type, type);
            return;
        }
        TypeElement other = named.putIfAbsent(kind + " " + name, type);
        if (other != null) {
            error("two of kind " + kind + " are called " + name + ": " + other + " and " + type, type);
            return;
        }
        String binary = processingEnv.getElementUtils().getBinaryName(type).toString();
        found.put(binary, new IndexedMethod(binary, doc(type)));
    }

    private DocComment doc(TypeElement type) {
        Elements elements = processingEnv.getElementUtils();
        Optional<String> comment = Optional.ofNullable(elements.getDocComment(type));
        return elements.getDocCommentKind(type) == Elements.DocCommentKind.END_OF_LINE
                ? comment.map(DocComment::ofMarkdown).orElse(DocComment.NONE)
                : comment.map(DocComment::of).orElse(DocComment.NONE);
    }

    /** A value of the record's annotation; empty where the annotation is incomplete, which is a compile error of its own. */
    private static String value(TypeElement type, String key) {
        for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
            if (annotation.getAnnotationType().toString().equals(METHOD)) {
                for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                        annotation.getElementValues().entrySet()) {
                    if (entry.getKey().getSimpleName().contentEquals(key)) {
                        return String.valueOf(entry.getValue().getValue());
                    }
                }
            }
        }
        return "";
    }

    private void write() {
        Element[] origins = named.values().toArray(Element[]::new);
        try {
            FileObject index = processingEnv
                    .getFiler()
                    .createResource(StandardLocation.CLASS_OUTPUT, "", MethodIndex.RESOURCE, origins);
            // Not openWriter(): it writes in the encoding of the sources.
            try (OutputStream out = index.openOutputStream()) {
                out.write(MethodIndex.write(List.copyOf(found.values())).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write " + MethodIndex.RESOURCE + ": " + e);
        }
    }

    private void error(String message, Element where) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, where);
    }
}
