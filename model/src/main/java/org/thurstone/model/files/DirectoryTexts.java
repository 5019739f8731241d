package org.thurstone.model.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;

/** The files of a directory. */
record DirectoryTexts(Path directory) implements ModelTexts {

    @Override
    public Path model() {
        return directory.toAbsolutePath();
    }

    @Override
    public boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public Optional<byte[]> bytes(String name) {
        try {
            return Optional.of(InputFile.bytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UserError(where(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String where(String name) {
        return directory.resolve(name).toString();
    }
}
