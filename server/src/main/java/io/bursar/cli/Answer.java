package io.bursar.cli;

import io.bursar.platform.InvalidSettingsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Model.CommandSpec;

/** How a command ends: a sentence, and a code that scripts can rely on. */
final class Answer {
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int ASKED_WRONGLY = 2;
    static final int NOT_DONE = 3;

    private final CommandSpec spec;

    Answer(CommandSpec spec) {
        this.spec = spec;
    }

    interface Work {
        int run() throws IOException;
    }

    /** What the world did to it is told in a sentence. */
    int of(Work work) {
        try {
            return work.run();
        } catch (FileAlreadyExistsException exists) {
            return failed(ASKED_WRONGLY, "There is a file " + exists.getMessage() + " already.");
        } catch (FileNotFoundException missing) {
            return failed(ASKED_WRONGLY, "There is no file " + missing.getMessage() + ".");
        } catch (InvalidSettingsException wrong) {
            return failed(ASKED_WRONGLY, String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            return failed(NOT_DONE, "It could not be done: " + failed);
        } catch (RuntimeException failed) {
            String why = String.valueOf(failed.getMessage());
            String root = String.valueOf(
                    NestedExceptionUtils.getMostSpecificCause(failed).getMessage());
            return failed(NOT_DONE, "It could not be done: " + (why.contains(root) ? why : why + ": " + root));
        }
    }

    int told(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
        return DONE;
    }

    int failed(int code, String sentence) {
        spec.commandLine().getErr().println(sentence);
        spec.commandLine().getErr().flush();
        return code;
    }
}
